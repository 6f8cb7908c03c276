/** Values as a schema of the OpenAPI document has them, as JSON text; now and then what no schema has. */
import * as fc from "fast-check";
import { nastyJson } from "./nasty.ts";

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly pattern?: string;
  readonly maximum?: number;
  readonly examples?: readonly unknown[];
}

type Resolve = (ref: string) => Schema;

/** Deep enough for every body, and an end for schemas that hold themselves. */
const MOST_LEVELS = 6;

export function jsonOf(schema: Schema, resolve: Resolve, level = 0): fc.Arbitrary<string> {
  const fitting = fittingJson(schema, resolve, level);
  return fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: nastyJson });
}

const text = (value: unknown): string => JSON.stringify(value);

function fittingJson(schema: Schema, resolve: Resolve, level: number): fc.Arbitrary<string> {
  if (level > MOST_LEVELS) return fc.constant("null");
  if (schema.$ref !== undefined) return fittingJson(resolve(schema.$ref), resolve, level + 1);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map((each) => fittingJson(each, resolve, level + 1)));
  const known = schema.enum ?? (schema.const === undefined ? schema.examples : [schema.const]);
  if (known?.length) return fc.constantFrom(...known).map(text);
  const [type] = [schema.type].flat();
  switch (type) {
    case "object":
      return objectJson(schema.properties ?? {}, resolve, level);
    case "array":
      return fc
        .array(jsonOf(schema.items ?? {}, resolve, level + 1), { maxLength: 3 })
        .map((items) => `[${items}]`);
    case "integer":
    case "number":
      return fc.integer({ min: -1, max: (schema.maximum ?? 1000) + 1 }).map(text);
    case "boolean":
      return fc.boolean().map(text);
    case "string":
      return matching(schema.pattern).map(text);
    default:
      return nastyJson;
  }
}

/** Some properties of those that there are, and one that there is not. */
function objectJson(
  properties: Readonly<Record<string, Schema>>,
  resolve: Resolve,
  level: number,
): fc.Arbitrary<string> {
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [name, jsonOf(each, resolve, level + 1)]),
  );
  return fc
    .record(values, { requiredKeys: [] })
    .map((given) => objectText(given as Record<string, string>));
}

export const objectText = (properties: Readonly<Record<string, string>>): string =>
  `{${Object.entries(properties).map(([name, json]) => `${text(name)}:${json}`)}}`;

const made = new Map<string | undefined, fc.Arbitrary<string>>();

/** Each pattern is taken apart once: that costs more than a hundred requests do. */
function matching(pattern: string | undefined): fc.Arbitrary<string> {
  const texts = made.get(pattern) ?? textsOf(pattern);
  made.set(pattern, texts);
  return texts;
}

/** Some patterns say more than can be made up. */
function textsOf(pattern: string | undefined): fc.Arbitrary<string> {
  try {
    return pattern === undefined ? fc.string() : fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.string();
  }
}
