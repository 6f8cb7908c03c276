/** The fields of answers, each named by the schema that it is in: `Grant.holder.id`. */
import { type Place, resolvedAt, validatorOf } from "./document.ts";

interface Schema extends Readonly<Record<string, unknown>> {
  readonly properties?: object;
  readonly items?: object;
}

/** Which of the fields of the schema at a place a body has; one in a list counts each time that it is there. */
export function* fieldsOf(at: Place, body: unknown): Generator<string> {
  const { place, value: schema } = resolvedAt<Schema>(at);
  for (const branch of branchesOf(schema)) {
    const each = [...place, ...branch];
    if (validatorOf(each)(body)) yield* fieldsOf(each, body);
  }
  if (Array.isArray(body)) {
    for (const each of body) yield* fieldsOf([...place, "items"], each);
  } else {
    yield* ownFieldsOf(place, schema, Object(body));
  }
}

function* ownFieldsOf(place: Place, { properties = {} }: Schema, body: object): Generator<string> {
  for (const [name, part] of Object.entries(body)) {
    if (!(name in properties)) continue;
    yield nameOf(place, name);
    yield* fieldsOf([...place, "properties", name], part);
  }
}

/** All fields that the schema at a place has. */
export function* possibleFieldsOf(at: Place, seen = new Set<string>()): Generator<string> {
  const { place, value: schema } = resolvedAt<Schema>(at);
  const name = place.join("/");
  if (seen.has(name)) return;
  seen.add(name);
  for (const branch of branchesOf(schema)) yield* possibleFieldsOf([...place, ...branch], seen);
  if (schema.items) yield* possibleFieldsOf([...place, "items"], seen);
  for (const field of Object.keys(schema.properties ?? {})) {
    yield nameOf(place, field);
    yield* possibleFieldsOf([...place, "properties", field], seen);
  }
}

const branchesOf = (schema: Schema): string[][] =>
  ["anyOf", "oneOf", "allOf"].flatMap((key) =>
    Object.keys(schema[key] ?? {}).map((index) => [key, index]),
  );

const SILENT = ["components", "schemas", "paths", "content", "application/json", "schema"];

const nameOf = (place: Place, field: string): string =>
  [...place.filter((part) => !SILENT.includes(part) && part !== "properties"), field].join(".");
