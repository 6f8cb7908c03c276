/** Tables of things: the one in memory that tests use, and the one on Azure Table Storage. */
import { TableClient } from "@azure/data-tables";
import { z } from "zod";
import { AzureTable } from "../../src/lib/azure/azure-table.ts";
import type { EntityTable, TableDefinition } from "../../src/lib/state/entity-table.ts";
import { InMemoryTable } from "../fakes/in-memory-table.ts";

const thingSchema = z.object({
  group: z.string(),
  name: z.string(),
  count: z.number(),
  on: z.boolean(),
  list: z.array(z.string()),
  note: z.string().optional(),
});
export type Thing = z.infer<typeof thingSchema>;

const definition = (name: string): TableDefinition<Thing> => ({
  name,
  schema: thingSchema,
  keyOf: ({ group, name }) => ({ partitionKey: group, rowKey: name }),
});
export const thing = (name: string, more: Partial<Thing> = {}): Thing => ({
  ...{ group: "g", name, count: 1, on: true, list: ["a"] },
  ...more,
});
export const key = (name: string, group = "g") => ({ partitionKey: group, rowKey: name });

let tables = 0;

/** A table that does not exist yet. */
export function azureTableOfThings(connectionString: string): EntityTable<Thing> {
  const name = `things${++tables}`;
  const options = { retryOptions: { maxRetries: 0 } };
  const client = TableClient.fromConnectionString(connectionString, name, options);
  return new AzureTable(client, definition(name));
}

type TableOfThings = (connectionString: string) => EntityTable<Thing>;

export const tablesOfThings: [string, TableOfThings][] = [
  ["in memory", () => new InMemoryTable(definition("things"))],
  [
    "in memory that parses few rows",
    () => new InMemoryTable(definition("things"), { parseOneOf: 4 }),
  ],
  ["on Azure Table Storage", azureTableOfThings],
];
