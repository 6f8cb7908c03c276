/** What an operator has switched off for the whole app, and why. A switch that is not there is on. */
import * as z from "zod";
import type { EntityKey, EntityTable, TableDefinition } from "./entity-table.ts";

export const switchNameSchema = z.enum(["deletions"]);

export const switchSchema = z.object({
  /** `deletions`: whether retention may delete anything. */
  name: switchNameSchema,
  value: z.enum(["on", "off"]),
  reason: z.string(),
  /** Who threw it; absent when the app did so itself. */
  by: z.string().optional(),
  since: z.iso.datetime(),
});
export type Switch = z.infer<typeof switchSchema>;

const SWITCH_PARTITION = "switch";

const switchKey = (name: Switch["name"]): EntityKey => ({
  partitionKey: SWITCH_PARTITION,
  rowKey: name,
});

export const switchTable: TableDefinition<Switch> = {
  name: "switches",
  schema: switchSchema,
  keyOf: ({ name }) => switchKey(name),
};

interface SwitchDeps {
  readonly switches: EntityTable<Switch>;
}

export async function deletionsSwitch({ switches }: SwitchDeps): Promise<Switch> {
  const on: Switch = {
    ...{ name: "deletions", value: "on", reason: "" },
    since: new Date(0).toISOString(),
  };
  return (await switches.get(switchKey("deletions")))?.record ?? on;
}

/** By the app itself. */
export const switchOff = ({ switches }: SwitchDeps, reason: string, now: Date): Promise<void> =>
  switches.upsert({ name: "deletions", value: "off", reason, since: now.toISOString() });
