/** Operations and restores that ended long ago: what they came to is on the restore point, in Azure, and in the log. */
import { encodeTime } from "ulid";
import type { VmKey } from "../fleet/vm-key.ts";
import { operationTable } from "../operations/operation.ts";
import { restoreTable } from "../restores/restore.ts";
import { type EntityTable, partition, type TableDefinition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";

/** Likewise of requests. */
export const KEPT_FOR_MS = 7 * 86_400_000;
/** The time in a ULID, which its order follows. */
const TIME_LENGTH = 10;
/** The rest follows at the VM's next upkeep. */
const MOST = 100;

export async function forgetOperations(
  { operations, restores }: Pick<Tables, "operations" | "restores">,
  vm: VmKey,
  now: Date,
): Promise<void> {
  await forgetEnded(operations, operationTable, vm, now);
  await forgetEnded(restores, restoreTable, vm, now);
}

/** Of a table whose rows are named by the ULID that they began with. */
async function forgetEnded<T extends { readonly endedAt?: string | undefined }>(
  table: Pick<EntityTable<T>, "list" | "remove">,
  { keyOf }: Pick<TableDefinition<T>, "keyOf">,
  vm: VmKey,
  now: Date,
): Promise<void> {
  const until = now.getTime() - KEPT_FOR_MS;
  const range = { ...partition(vm), rowTo: encodeTime(Math.max(0, until), TIME_LENGTH) };
  const { records } = await table.list(range, { size: MOST });
  const ended = records.filter(
    ({ endedAt }) => endedAt !== undefined && Date.parse(endedAt) <= until,
  );
  await Promise.all(ended.map((each) => table.remove(keyOf(each))));
}
