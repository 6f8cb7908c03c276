import { notFound } from "../lib/api/api-error.ts";
import type { listCopiesRoute } from "../lib/api/routes/restore-points.ts";
import { copyResource } from "../lib/api/shapes/restore-point.ts";
import { pointWithCopies } from "../lib/fleet/point-with-copies.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** All in one page: there is one to a region at most. */
export const listCopies =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listCopiesRoute> =>
  async ({ params: { vm, point } }) => {
    const found = await pointWithCopies(tables, vm, point);
    if (found === undefined) throw notFound();
    return { status: 200, body: { value: found.copies.map(copyResource) } };
  };
