/** What the requests of an OpenAPI document can hold without limit, each with where it is. */
import type { openApiDocument } from "../../../tools/openapi-document.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const LIMITS_OF_TEXT = ["enum", "const", "format", "pattern", "maxLength"];

export function unlimited(document: ReturnType<typeof openApiDocument>): string[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const seen = new Set<string>();

  function* within(schema: Schema, at: string): Generator<string> {
    const name = schema.$ref?.split("/").at(-1);
    if (name !== undefined) {
      if (!seen.has(name)) yield* within(schemas[seen.add(name) && name] ?? {}, name);
      return;
    }
    const has = (limits: readonly string[]) => limits.some((limit) => limit in schema);
    if (schema.type === "string" && !has(LIMITS_OF_TEXT)) yield at;
    if (schema.type === "array" && !has(["maxItems"])) yield `${at}[]`;
    for (const [part, each] of partsOf(schema)) yield* within(each, `${at}${part}`);
  }

  return Object.values(document.paths ?? {})
    .flatMap((path) => Object.values(path))
    .flatMap(({ operationId, parameters = [], requestBody }) => [
      ...parameters.flatMap(({ name, schema }: { name: string; schema: Schema }) => [
        ...within(schema, `${operationId} ${name}`),
      ]),
      ...within(requestBody?.content["application/json"].schema ?? {}, `${operationId} body`),
    ]);
}

function partsOf(schema: Schema): [string, Schema][] {
  const { properties = {}, items, additionalProperties, propertyNames } = schema;
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  return [
    ...Object.entries(properties).map(([name, of]): [string, Schema] => [`.${name}`, of]),
    ...[...anyOf, ...oneOf, ...allOf].map((of): [string, Schema] => ["", of]),
    ...(items ? [["[]", items] as [string, Schema]] : []),
    ...(typeof additionalProperties === "object"
      ? [[".*", additionalProperties] as [string, Schema]]
      : []),
    ...(propertyNames ? [[".names", propertyNames] as [string, Schema]] : []),
  ];
}
