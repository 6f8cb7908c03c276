/** What an operator has switched off for the whole app, and why. A switch that is not there is on. */
import { z } from "zod";
import type { EntityKey, TableDefinition } from "./entity-table.ts";

const switchSchema = z.object({
  /** `deletions`: whether retention may delete anything. */
  name: z.enum(["deletions"]),
  value: z.enum(["on", "off"]),
  reason: z.string(),
  since: z.iso.datetime(),
});
export type Switch = z.infer<typeof switchSchema>;

export const switchKey = (name: Switch["name"]): EntityKey => ({
  partitionKey: "switch",
  rowKey: name,
});

export const switchTable: TableDefinition<Switch> = {
  name: "switches",
  schema: switchSchema,
  keyOf: ({ name }) => switchKey(name),
};
