/**
 * Records as table entities: plain values as they are, so that a table can be read by eye; arrays and objects as
 * JSON in a property whose name ends in `Json`.
 */
import type { TableEntity } from "@azure/data-tables";
import type { TableDefinition } from "../state/entity-table.ts";

const JSON_SUFFIX = "Json";
const SYSTEM_PROPERTIES = new Set([
  "partitionKey",
  "rowKey",
  "etag",
  "timestamp",
  "odata.metadata",
]);

export function toEntity<T extends object>(table: TableDefinition<T>, record: T): TableEntity {
  const properties = Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]: [string, unknown]) =>
      typeof value === "object" ? [`${name}${JSON_SUFFIX}`, JSON.stringify(value)] : [name, value],
    );
  return { ...Object.fromEntries(properties), ...table.keyOf(record) };
}

/** Throws when the entity does not fit the schema: a row that cannot be read is a bug, not a default. */
export function fromEntity<T>(table: TableDefinition<T>, entity: object): T {
  const properties = Object.entries(entity)
    .filter(([name]) => !SYSTEM_PROPERTIES.has(name))
    .map(([name, value]: [string, unknown]) =>
      name.endsWith(JSON_SUFFIX)
        ? [name.slice(0, -JSON_SUFFIX.length), JSON.parse(String(value))]
        : [name, value],
    );
  const parsed = table.schema.safeParse(Object.fromEntries(properties));
  if (parsed.success) return parsed.data;
  throw new Error(`A row of table ${table.name} cannot be read.`, { cause: parsed.error });
}
