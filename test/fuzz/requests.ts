/** Requests of an operation as the OpenAPI document has it: usual ones, each with something in them that is not. */
import * as fc from "fast-check";
import type { Route } from "../../src/lib/api/route.ts";
import { type CallerName, callers } from "../../tools/docs/access.ts";
import { openApiDocument } from "../../tools/openapi-document.ts";
import { askingAs } from "../routes/callers.ts";
import { usualRequest } from "../routes/usual-requests.ts";
import { nastyContinuation, nastyHeader, nastyJson, nastyText } from "./nasty.ts";
import { jsonOf, objectText, type Schema } from "./values.ts";

export interface FuzzedRequest {
  readonly caller: CallerName;
  readonly params: Readonly<Record<string, string>>;
  /** Names may come again. */
  readonly query: readonly (readonly [string, string])[];
  /** Behind the query, as it is. */
  readonly tail: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

const document = openApiDocument();
const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
/** In the document as JSON: `#/components/schemas/Vm`. */
const resolve = (ref: string): Schema =>
  ref
    .slice(2)
    .split("/")
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document) as Schema;

/** Mostly whoever may do everything, or little would get past the check of the caller. */
const caller = fc.oneof(
  { weight: 3, arbitrary: fc.constant<CallerName>("PolicyAdmin") },
  { weight: 1, arbitrary: fc.constant<CallerName>("partner") },
  { weight: 1, arbitrary: fc.constantFrom(...(callers as readonly CallerName[])) },
);

const TAILS = [
  "&api-version=2026-11-01",
  "&top=1&top=2",
  "&%00=1",
  "&x=%ff%fe",
  "&%",
  "&a[b]=1",
  "&&=&",
];
const HEADERS = [
  ...["If-Match", "If-None-Match", "Content-Type", "Content-Length", "Authorization", "Origin"],
  ...[
    "Repeatability-Request-ID",
    "Repeatability-First-Sent",
    "traceparent",
    "x-ms-client-request-id",
  ],
];
/** What two headers of one name become on their way, among them. */
const header = fc.oneof(nastyHeader, fc.constantFrom('"1"', "*", '"1", "2"', "text/plain", "a, b"));
const firstSent = fc
  .constantFrom(0, 48 * 3_600_000, -3_600_000)
  .map((ago) => new Date(Date.now() - ago).toUTCString());
const repeatable = fc.record({
  "Repeatability-Request-ID": fc.oneof(fc.uuid(), nastyHeader),
  "Repeatability-First-Sent": fc.oneof(firstSent, nastyHeader),
});
const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...HEADERS), header, { maxKeys: 3 }) },
  { weight: 2, arbitrary: repeatable },
);

function operationOf(route: Route): Operation {
  const found = (operations as Operation[]).find(({ operationId }) => operationId === route.name);
  if (found === undefined) throw new Error(`The document has no ${route.name}.`);
  return found;
}

/** The usual values, some of them replaced, missing or given twice; others beside them. */
function queryOf(operation: Operation, usual: Readonly<Record<string, string>>) {
  const inQuery = (operation.parameters ?? []).filter((each) => each.in === "query");
  const pairs = inQuery.map(({ name, schema }) =>
    fc.tuple(fc.constant(name), name === "continuation" ? nastyContinuation : textOf(schema)),
  );
  const stranger = fc.tuple(nastyText, nastyText);
  const more = fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(fc.oneof(...pairs, stranger), { maxLength: 3 }) },
  );
  return fc
    .tuple(more, fc.boolean())
    .map(([added, twice]): [string, string][] => [
      ...Object.entries(usual).filter(([name]) => twice || !added.some(([each]) => each === name)),
      ...added,
    ]);
}

const textOf = (schema: Schema): fc.Arbitrary<string> =>
  fc.oneof(
    nastyText,
    jsonOf(schema, resolve).map((json) => json.replace(/^"|"$/g, "")),
  );

function paramsOf(usual: Readonly<Record<string, string>>) {
  const each = Object.entries(usual).map(([name, value]) => {
    const other = fc.oneof(
      nastyText,
      nastyText.map((text) => value + text),
    );
    // A host decodes paths, which cannot hold what is no text.
    const decoded = other.map((text) => text.toWellFormed());
    return [
      name,
      fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: decoded }),
    ] as const;
  });
  return fc.record(Object.fromEntries(each)) as fc.Arbitrary<Record<string, string>>;
}

function bodyOf({ requestBody }: Operation, usual: unknown): fc.Arbitrary<FuzzedRequest["body"]> {
  const schema = requestBody?.content["application/json"]?.schema;
  if (schema === undefined) return fc.option(nastyJson, { nil: undefined });
  const parts = Object.entries(propertiesOf(schema)).map(([name, each]) => [
    name,
    jsonOf(each, resolve),
  ]);
  const replaced = fc
    .record(Object.fromEntries(parts), { requiredKeys: [] })
    .map((given) => objectText({ ...jsonParts(usual), ...(given as Record<string, string>) }));
  const whole = fc.constant(JSON.stringify(usual));
  return fc.oneof(
    { weight: 2, arbitrary: whole },
    { weight: 4, arbitrary: replaced },
    { weight: 2, arbitrary: jsonOf(schema, resolve) },
    { weight: 1, arbitrary: nastyJson },
    { weight: 1, arbitrary: fc.constant(JSON.stringify(usual).slice(0, -1)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(" ".repeat(300_000), "", undefined) },
  );
}

/** Of each kind that it can be of. */
function propertiesOf(schema: Schema): NonNullable<Schema["properties"]> {
  const { properties, anyOf, oneOf } = schema.$ref ? resolve(schema.$ref) : schema;
  const kinds = (anyOf ?? oneOf ?? []).map(propertiesOf);
  return Object.assign({}, ...kinds, properties);
}

const jsonParts = (usual: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(usual ?? {}).map(([name, value]) => [name, JSON.stringify(value)]),
  );

export function requestsOf(route: Route): fc.Arbitrary<FuzzedRequest> {
  const operation = operationOf(route);
  return caller.chain((name) => {
    const usual = usualRequest(route, askingAs(name));
    return fc.record({
      caller: fc.constant(name),
      params: paramsOf(usual.params),
      query: queryOf(operation, usual.query),
      tail: fc.oneof({ weight: 6, arbitrary: fc.constant("") }, fc.constantFrom(...TAILS)),
      headers,
      body: bodyOf(operation, usual.body),
    });
  });
}
