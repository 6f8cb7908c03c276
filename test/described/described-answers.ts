/** What the OpenAPI document says about each answer, ready to hold answers against. */
import { describedOperations, type Place, resolvedAt } from "./document.ts";

interface Described {
  /** Names of headers in lower case: those that are always there, and all that can be. */
  readonly required: readonly string[];
  readonly possible: readonly string[];
  /** Where the schema of its body is; undefined: there is no body. */
  readonly body: Place | undefined;
}

const known = new Map<string, Described | undefined>();

/** Undefined: the operation has no such answer. */
export function describedAnswer(operation: string, status: number): Described | undefined {
  const name = `${operation} ${status}`;
  if (!known.has(name)) known.set(name, describe(operation, status));
  return known.get(name);
}

interface Response {
  readonly headers?: object;
  readonly content?: object;
}

function describe(operation: string, status: number): Described | undefined {
  const found = describedOperations().find(({ id }) => id === operation);
  if (!found?.statuses.includes(status)) return undefined;
  const response = ["paths", found.path, found.method, "responses", String(status)];
  const { place, value } = resolvedAt<Response>(response);
  const headers = Object.keys(value.headers ?? {});
  const isRequired = (name: string): boolean =>
    resolvedAt<{ required?: boolean }>([...place, "headers", name]).value.required === true;
  return {
    required: headers.filter(isRequired).map((name) => name.toLowerCase()),
    possible: headers.map((name) => name.toLowerCase()),
    body: value.content && [...place, "content", "application/json", "schema"],
  };
}
