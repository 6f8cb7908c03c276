/** Tables that take what Table Storage takes, and fail as it does for whatever else. */
import type { EntityKey, EntityTable, KeyRange } from "../../src/lib/state/entity-table.ts";

const MOST_KEY_CHARACTERS = 512;
/** Of a property, at two bytes each. */
const MOST_TEXT_CHARACTERS = 32_768;

/** What no key may hold; neither may a filter what is no text, since it goes into a URL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
const NOT_IN_KEYS = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

function demandKey({ partitionKey, rowKey }: EntityKey): void {
  for (const key of [partitionKey, rowKey]) {
    if (NOT_IN_KEYS.test(key)) throw new Error("PropertyValueInvalid: a key holds no such thing.");
    demandBound(key);
  }
}

function demandBound(bound: string): void {
  if (!bound.isWellFormed()) throw new URIError("URI malformed");
  if (bound.length > MOST_KEY_CHARACTERS) throw new Error("KeyValueTooLarge");
}

function demandText(record: object): void {
  for (const value of Object.values(record)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text?.length > MOST_TEXT_CHARACTERS) throw new Error("PropertyValueTooLarge");
    if (typeof value === "string" && !value.isWellFormed()) throw new Error("InvalidInput");
  }
}

type Tables = Readonly<Record<string, EntityTable<never>>>;

/** Makes them so. */
export function demandLegal(tables: object): void {
  for (const table of Object.values(tables as Tables)) {
    const { get, list, insert, replace, upsert } = table;
    table.get = async (key) => {
      demandKey(key);
      return await get.call(table, key);
    };
    table.list = async (range: KeyRange, page) => {
      for (const bound of Object.values(range)) demandBound(bound);
      return await list.call(table, range, page);
    };
    table.insert = async (record) => {
      demandText(record);
      return await insert.call(table, record);
    };
    table.replace = async (record, etag) => {
      demandText(record);
      return await replace.call(table, record, etag);
    };
    table.upsert = async (record) => {
      demandText(record);
      await upsert.call(table, record);
    };
  }
}
