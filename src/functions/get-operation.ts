import { notFound } from "../lib/api/api-error.ts";
import { maySee } from "../lib/api/caller.ts";
import { operationResource } from "../lib/api/resources.ts";
import { operationKey } from "../lib/operations/operation.ts";
import { operationIdSchema, vmOfOperation } from "../lib/operations/operation-id.ts";
import type { Services } from "../services.ts";
import type { CheckedHandler } from "./checked.ts";

export const getOperation =
  ({ tables }: Pick<Services, "tables">): CheckedHandler =>
  async ({ params }, caller) => {
    const id = operationIdSchema.safeParse(params["id"]).data;
    if (id === undefined || !maySee(caller, vmOfOperation(id))) throw notFound();
    const stored = await tables.operations.get(operationKey(id));
    if (stored === undefined) throw notFound();
    return { jsonBody: operationResource(stored.record) };
  };
