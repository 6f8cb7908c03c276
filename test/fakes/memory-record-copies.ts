import type { RecordCopies } from "../../src/lib/state/record-copies.ts";

/** The copies of a table's records, by name. */
export function memoryRecordCopies<T>(copies = new Map<string, unknown>()): RecordCopies<T> {
  const puts = new Map<string, number>();
  const etagOf = (name: string) =>
    copies.has(name) ? `"${name}-${puts.get(name) ?? 0}"` : undefined;
  return {
    put: async (name, record, over) => {
      if (over !== undefined && over !== etagOf(name)) return "conflict";
      puts.set(name, (puts.get(name) ?? 0) + 1);
      copies.set(name, record);
      return { etag: etagOf(name) ?? "" };
    },
    get: async (name) => {
      const etag = etagOf(name);
      return etag === undefined ? undefined : { document: copies.get(name), etag };
    },
    names: async function* names() {
      yield* copies.keys();
    },
  };
}
