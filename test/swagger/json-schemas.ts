/**
 * Swagger's schemas as JSON Schema, and strict: a property that the description does not have is an error. `allOf` is
 * resolved into one object, because `additionalProperties: false` would else refuse what the other parts allow.
 */
import type { SwaggerDocuments, SwaggerSchema } from "./documents.ts";

/** A schema, and the document that its references are relative to. */
interface Located {
  readonly schema: SwaggerSchema;
  readonly base: string;
}

/** Keywords that mean the same in both; what is not here does not restrict values, or is treated below. */
const SAME = [
  "type",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
];

/** One schema for each document: `#/definitions/…` of it is what the document has there. */
export const jsonSchemasOf = (documents: SwaggerDocuments): SwaggerSchema[] =>
  [...documents].map(([base, { definitions = {} }]) => ({
    $id: base,
    definitions: Object.fromEntries(
      Object.entries(definitions).map(([name, schema]) => [
        name,
        jsonSchemaOf(documents, { schema, base }),
      ]),
    ),
  }));

export function jsonSchemaOf(
  documents: SwaggerDocuments,
  { schema, base }: Located,
): SwaggerSchema | true {
  if (typeof schema["$ref"] === "string") {
    const url = new URL(schema["$ref"], base);
    // Not every file that is named somewhere is at hand.
    return documents.has(withoutFragment(url)) ? { $ref: url.href } : true;
  }
  const convert = (inner: unknown) =>
    isSchema(inner) ? jsonSchemaOf(documents, { schema: inner, base }) : inner;
  return {
    ...Object.fromEntries(Object.entries(schema).filter(([name]) => SAME.includes(name))),
    ...(isClosed(schema) ? { enum: schema["enum"] } : {}),
    ...(isSchema(schema["items"]) ? { items: convert(schema["items"]) } : {}),
    ...objectPart(documents, { schema, base }, convert),
  };
}

function objectPart(
  documents: SwaggerDocuments,
  located: Located,
  convert: (inner: unknown) => unknown,
): SwaggerSchema {
  const { additionalProperties } = located.schema;
  const parts = partsOf(documents, located);
  const properties = Object.assign({}, ...parts.map((part) => propertiesOf(documents, part)));
  const required = [...new Set(parts.flatMap(({ schema }) => namesIn(schema["required"])))];
  const isFree = Object.keys(properties).length === 0 && additionalProperties === undefined;
  if (isFree) return {};
  return {
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: additionalProperties ? convert(additionalProperties) : false,
  };
}

/** The schema itself and everything that it takes over by `allOf`, the farthest first. */
function partsOf(documents: SwaggerDocuments, { schema, base }: Located): Located[] {
  const inherited = Array.isArray(schema["allOf"]) ? schema["allOf"].filter(isSchema) : [];
  return [
    ...inherited.flatMap((part) => partsOf(documents, resolved(documents, { schema: part, base }))),
    { schema, base },
  ];
}

function resolved(documents: SwaggerDocuments, { schema, base }: Located): Located {
  if (typeof schema["$ref"] !== "string") return { schema, base };
  const url = new URL(schema["$ref"], base);
  const name = decodeURIComponent(url.hash.replace("#/definitions/", ""));
  const target = documents.get(withoutFragment(url))?.definitions?.[name];
  if (target === undefined) throw new Error(`No such definition: ${url.href}`);
  return resolved(documents, { schema: target, base: withoutFragment(url) });
}

const propertiesOf = (documents: SwaggerDocuments, { schema, base }: Located) =>
  Object.fromEntries(
    Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {}).map(
      ([name, property]) => [
        name,
        isSchema(property) ? jsonSchemaOf(documents, { schema: property, base }) : true,
      ],
    ),
  );

/** Services may add values to an enum that is modelled as a string. */
function isClosed({ enum: values, "x-ms-enum": extension }: SwaggerSchema): boolean {
  return values !== undefined && !(isSchema(extension) && extension["modelAsString"] === true);
}

const namesIn = (required: unknown): unknown[] => (Array.isArray(required) ? required : []);

const withoutFragment = (url: URL): string => url.href.replace(/#.*$/, "");

const isSchema = (value: unknown): value is SwaggerSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
