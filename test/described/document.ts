/** The OpenAPI document, read once, and places in it: `["components", "schemas", "Grant"]`. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { openApiDocument } from "../../tools/openapi-document.ts";

export type Place = readonly string[];

const DOCUMENT = "https://app.test/openapi.json";

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

/** What is at a place, where it is only referred to what that refers to. */
export function resolvedAt<T>(place: Place): { place: Place; value: T } {
  const value = place.reduce<unknown>(
    (part, name) => (part as Record<string, unknown>)[name],
    reading().document,
  ) as T & { $ref?: string };
  return value.$ref === undefined
    ? { place, value }
    : resolvedAt<T>(value.$ref.slice("#/".length).split("/"));
}

const validators = new Map<string, ValidateFunction>();

/** Of the schema at this place. */
export function validatorOf(place: Place): ValidateFunction {
  const pointer = place.map(escaped).join("/");
  const validate =
    validators.get(pointer) ?? reading().ajv.compile({ $ref: `${DOCUMENT}#/${pointer}` });
  validators.set(pointer, validate);
  return validate;
}

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

/** Of each operation, by its id: its path, its method and the statuses of its answers. */
export const describedOperations = () =>
  Object.entries(reading().document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...{ id: String(operation.operationId), path, method },
      statuses: Object.keys(operation.responses ?? {}).map(Number),
    })),
  );
