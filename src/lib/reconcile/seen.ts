/** What a pass saw in Azure, written down page by page. */
import * as z from "zod";
import { parseResourceId } from "../fleet/resource-id.ts";
import { type VmKey, vmKeySchema } from "../fleet/vm-key.ts";
import type { EntityTable, KeyRange, TableDefinition } from "../state/entity-table.ts";
import { every, partition } from "../state/entity-table.ts";

const seenSchema = z.object({
  subscriptionId: z.string(),
  pass: z.string(),
  kind: z.enum(["collection", "vm", "unprotected"]),
  page: z.int(),
  part: z.int(),
  /** `<resource group>~<name>`, in lower case. */
  names: z.array(z.string()),
});
export type Seen = z.infer<typeof seenSchema>;

export const seenTable: TableDefinition<Seen> = {
  name: "seen",
  schema: seenSchema,
  keyOf: ({ subscriptionId, pass, kind, page, part }) => ({
    partitionKey: `${subscriptionId}~${pass}`,
    rowKey: `${kind}~${padded(page)}~${padded(part)}`,
  }),
};

const padded = (number: number): string => `${number}`.padStart(6, "0");

type PassName = Pick<Seen, "subscriptionId" | "pass">;

/** A row's column holds 32,000 characters, and a name can have 170. */
const NAMES_IN_A_ROW = 150;

export async function recordSeen(
  seen: EntityTable<Seen>,
  { subscriptionId, pass }: PassName,
  kind: Seen["kind"],
  page: number,
  names: readonly string[],
): Promise<void> {
  for (let from = 0; from < names.length; from += NAMES_IN_A_ROW) {
    const part = from / NAMES_IN_A_ROW;
    const some = names.slice(from, from + NAMES_IN_A_ROW);
    await seen.upsert({ subscriptionId, pass, kind, page, part, names: some });
  }
}

/** The rows of one kind. */
export const seenIn = ({ subscriptionId, pass }: PassName, kind: Seen["kind"]): KeyRange => ({
  ...partition(`${subscriptionId}~${pass}`),
  rowFrom: `${kind}~`,
  rowTo: `${kind}~~`,
});

export async function namesSeen(
  seen: EntityTable<Seen>,
  pass: PassName,
  kind: Seen["kind"],
): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const row of every(seen, seenIn(pass, kind))) {
    for (const name of row.names) names.add(name);
  }
  return names;
}

export async function forgetSeen(
  seen: EntityTable<Seen>,
  { subscriptionId, pass }: PassName,
): Promise<void> {
  for await (const row of every(seen, partition(`${subscriptionId}~${pass}`))) {
    await seen.remove(seenTable.keyOf(row));
  }
}

export const nameOfVm = (vm: VmKey): string => vm.slice(vm.indexOf("~") + 1);

export const vmOfName = (subscriptionId: string, name: string): VmKey =>
  vmKeySchema.parse(`${subscriptionId}~${name}`);

/** Undefined for an id that is not one of a resource in a group. */
export function nameOfCollection(id: string): string | undefined {
  const parsed = parseResourceId(id);
  return parsed && `${parsed.resourceGroup}~${parsed.names.join("/")}`.toLowerCase();
}
