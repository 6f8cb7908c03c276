/** What only the table in memory does: to leave most rows unparsed, and yet to miss nothing that a schema does. */
import { expect, test } from "vitest";
import { z } from "zod";
import { InMemoryTable } from "../fakes/in-memory-table.ts";

const PARSE_ONE_OF = 4;

test.each([
  ["changes", z.object({ name: z.string().toUpperCase() })],
  ["refuses", z.object({ name: z.string().max(1) })],
])("what a schema %s is told, of one of the rows that are parsed", async (_what, schema) => {
  const keyOf = ({ name }: { name: string }) => ({ partitionKey: "p", rowKey: name });
  const table = new InMemoryTable({ name: "things", schema, keyOf }, { parseOneOf: PARSE_ONE_OF });
  const names = Array.from({ length: PARSE_ONE_OF }, (_, number) => `name-${number}`);
  for (const name of names) await table.insert({ name });
  const read = await Promise.allSettled(names.map((name) => table.get(keyOf({ name }))));
  expect(read.filter(({ status }) => status === "rejected")).toHaveLength(1);
});
