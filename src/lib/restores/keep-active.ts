import { activeOperationOf } from "../operations/active-operation.ts";
import type { Tables } from "../state/tables.ts";
import type { Restore } from "./restore.ts";

/** The row by which the sweep finds a restore that is under way, whatever dies. */
export const keepActive = (
  { tables }: { readonly tables: Pick<Tables, "active"> },
  { id, vm, requestedAt: createdAt }: Restore,
): Promise<void> => tables.active.upsert(activeOperationOf({ id, vm, createdAt }));
