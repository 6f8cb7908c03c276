import { notFound } from "../lib/api/api-error.ts";
import type { listDisksRoute } from "../lib/api/routes/restore-points.ts";
import { diskResource } from "../lib/api/shapes/restore-point.ts";
import { pointWithCopies } from "../lib/fleet/point-with-copies.ts";
import type { Services } from "../services.ts";
import type { Handler } from "./call.ts";

/** All in one page: a VM has at most 65 disks. */
export const listDisks =
  ({ tables }: Pick<Services, "tables">): Handler<typeof listDisksRoute> =>
  async ({ params: { vm, point } }) => {
    const found = await pointWithCopies(tables, vm, point);
    if (found === undefined) throw notFound();
    const value = [
      ...(found.point?.disks ?? []).map((disk) => diskResource(disk)),
      ...found.copies.flatMap(({ disks, region }) =>
        disks.map((disk) => diskResource(disk, region)),
      ),
    ];
    return { status: 200, body: { value } };
  };
