import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromEntity, toEntity } from "../../../src/lib/azure/entity-codec.ts";
import { protectionTable } from "../../../src/lib/fleet/protection.ts";
import { operationTable } from "../../../src/lib/operations/operation.ts";
import type { TableDefinition } from "../../../src/lib/state/entity-table.ts";
import { openSlot, operation, operationId, protection } from "../../fixtures/records.ts";

const schema = z.object({
  id: z.string(),
  text: z.string(),
  number: z.number(),
  flag: z.boolean(),
  list: z.array(z.unknown()),
  object: z.object({ name: z.string(), values: z.array(z.number()) }),
  nothing: z.null(),
  maybe: z.string().optional(),
});
const table: TableDefinition<z.infer<typeof schema>> = {
  name: "things",
  schema,
  keyOf: ({ id }) => ({ partitionKey: id, rowKey: "thing" }),
};

/** What the service adds to an entity that is read. */
const asStored = (entity: object) => ({
  ...entity,
  etag: 'W/"1"',
  timestamp: "2026-01-31T10:00:00Z",
  "odata.metadata": "https://…",
});

describe("a record", () => {
  test("is read as it was written, whatever it holds", () => {
    const anything = fc.record(
      {
        id: fc.string({ minLength: 1 }),
        text: fc.string({ unit: "grapheme" }),
        number: fc
          .double({ noNaN: true, noDefaultInfinity: true })
          .filter((n) => !Object.is(n, -0)),
        flag: fc.boolean(),
        list: fc.array(fc.jsonValue({ noUnicodeString: false })),
        object: fc.record({ name: fc.string(), values: fc.array(fc.integer()) }),
        nothing: fc.constant(null),
        maybe: fc.string(),
      },
      { requiredKeys: ["id", "text", "number", "flag", "list", "object", "nothing"] },
    );
    fc.assert(
      fc.property(anything, (record) => {
        const written = JSON.parse(JSON.stringify(record));
        expect(fromEntity(table, asStored(toEntity(table, record)))).toEqual(written);
      }),
    );
  });

  test.each([
    [
      "a protection",
      protectionTable,
      protection({ openSlots: [openSlot({ operation: operationId() })] }),
    ],
  ])("of the app, %s, comes back", (_what, definition, record) => {
    expect(fromEntity(definition, asStored(toEntity(definition, record)))).toEqual(record);
  });

  test("of an operation comes back", () => {
    const record = operation({ state: "Failed", error: { code: "A", message: "b" } });
    expect(fromEntity(operationTable, asStored(toEntity(operationTable, record)))).toEqual(record);
  });

  test("can be read by eye in the table", () => {
    const entity = toEntity(table, {
      ...{ id: "a", text: "t", number: 1.5, flag: true, nothing: null },
      ...{ list: [1], object: { name: "b", values: [2] } },
    });
    expect(entity).toEqual({
      partitionKey: "a",
      rowKey: "thing",
      id: "a",
      text: "t",
      number: 1.5,
      flag: true,
      listJson: "[1]",
      objectJson: '{"name":"b","values":[2]}',
      nothingJson: "null",
    });
  });
});

describe("an entity that does not fit", () => {
  const entity = asStored(toEntity(operationTable, operation()));

  test.each([
    ["lacks a property", { target: undefined }],
    ["has a wrong one", { state: "Sleeping" }],
  ])("because it %s is an error that names the table and keeps the reason", (_what, wrong) => {
    expect(() => fromEntity(operationTable, { ...entity, ...wrong })).toThrow(
      expect.objectContaining({
        message: "A row of table operations cannot be read.",
        cause: expect.any(z.ZodError),
      }),
    );
  });

  test("may have more than is asked for: a newer version wrote it", () => {
    expect(fromEntity(operationTable, { ...entity, later: 1 })).toEqual(operation());
  });
});
