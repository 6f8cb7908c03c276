/** What the OpenAPI document says about each answer, ready to hold answers against. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApiDocument } from "../../tools/openapi-document.ts";

export interface Described {
  /** Names of headers in lower case: those that are always there, and all that can be. */
  readonly required: readonly string[];
  readonly possible: readonly string[];
  /** Undefined: there is no body. */
  readonly validate: ValidateFunction | undefined;
}

const DOCUMENT = "https://app.test/openapi.json";

/** Reads the document only when it is first asked for. */
let read: { readonly document: ReturnType<typeof openApiDocument>; readonly ajv: Ajv2020 };

function reading() {
  if (read) return read;
  const document = openApiDocument();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, DOCUMENT);
  read = { document, ajv };
  return read;
}

interface Header {
  readonly required?: boolean;
}
interface Response {
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: object;
}

/** What a reference within the document refers to; where there is none, what is there. */
function resolved<T extends object>(at: readonly string[], value: T | { $ref: string }) {
  if (!("$ref" in value)) return { at, value };
  const path = value.$ref.slice("#/".length).split("/");
  const found = path.reduce<unknown>(
    (part, name) => (part as Record<string, unknown>)[name],
    reading().document,
  );
  return { at: path, value: found as T };
}

/** Of each operation, by its id: its path, its method and its answers. */
export function describedOperations() {
  const { document } = reading();
  return Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...{ id: String(operation.operationId), path, method },
      statuses: Object.keys(operation.responses ?? {}).map(Number),
    })),
  );
}

const known = new Map<string, Described | undefined>();

/** Undefined: the operation has no such answer. */
export function describedAnswer(operation: string, status: number): Described | undefined {
  const name = `${operation} ${status}`;
  if (!known.has(name)) known.set(name, describe(operation, status));
  return known.get(name);
}

function describe(operation: string, status: number): Described | undefined {
  const { document } = reading();
  const found = describedOperations().find(({ id }) => id === operation);
  if (found === undefined || !found.statuses.includes(status)) return undefined;
  const path = ["paths", found.path, found.method, "responses", String(status)];
  const own = path.reduce<unknown>(
    (part, name) => (part as Record<string, unknown>)[name],
    document,
  );
  const { at, value } = resolved(path, own as Response);
  const headers = Object.entries(value.headers ?? {}).map(([header, given]) => ({
    name: header.toLowerCase(),
    isRequired: (resolved([], given).value as Header).required === true,
  }));
  return {
    required: headers.filter(({ isRequired }) => isRequired).map((header) => header.name),
    possible: headers.map((header) => header.name),
    validate: value.content && validatorOf([...at, "content", "application/json", "schema"]),
  };
}

/** Of the schema at this place in the document. */
export const validatorOf = (at: readonly string[]): ValidateFunction =>
  reading().ajv.compile({ $ref: `${DOCUMENT}#/${at.map(escaped).join("/")}` });

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
