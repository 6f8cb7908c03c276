import { notFound } from "../lib/api/api-error.ts";
import { operationResource } from "../lib/api/resources.ts";
import { visibleOperation } from "../lib/api/visible.ts";
import { operationKey } from "../lib/operations/operation.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const getOperation =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params }, caller) => {
    const id = visibleOperation(caller, params["id"]);
    const stored = await tables.operations.get(operationKey(id));
    if (stored === undefined) throw notFound();
    return { jsonBody: operationResource(stored.record) };
  };
