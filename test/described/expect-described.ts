/** Whether an answer is one that the OpenAPI document describes: its status, its headers, and each of its fields. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { openApiDocument } from "../../tools/openapi-document.ts";

export interface Answered {
  /** The operation's id, which is its function's name. */
  readonly operation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: there was none. */
  readonly body: unknown;
}

type Headers = Readonly<Record<string, { readonly required?: boolean }>>;

interface Described {
  /** Those that are always there. */
  readonly headers: readonly string[];
  readonly validate: ValidateFunction | undefined;
}

const DOCUMENT = "https://app.test/openapi.json";

function describedAnswers(): Map<string, () => Described> {
  const document = openApiDocument();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, DOCUMENT);
  const found = new Map<string, () => Described>();
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      const responses: Record<string, { headers?: Headers; content?: object }> =
        operation.responses ?? {};
      for (const [status, { headers = {}, content }] of Object.entries(responses)) {
        const at = ["paths", path, method, "responses", status];
        const pointer = [...at, "content", "application/json", "schema"].map(escaped).join("/");
        const made = {
          headers: Object.keys(headers).filter((name) => headers[name]?.required),
          validate: content && ajv.compile({ $ref: `${DOCUMENT}#/${pointer}` }),
        };
        found.set(`${operation.operationId} ${status}`, () => made);
      }
    }
  }
  return found;
}

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

let known: Map<string, () => Described> | undefined;

export function expectDescribed({ operation, status, headers, body }: Answered): void {
  known ??= describedAnswers();
  const described = known.get(`${operation} ${status}`)?.();
  expect(described, `${operation} has no answer ${status}`).toBeDefined();
  if (described === undefined) return;
  const given = Object.keys(headers).map((name) => name.toLowerCase());
  const missing = described.headers.filter((name) => !given.includes(name.toLowerCase()));
  expect(missing, `headers of ${operation} ${status}`).toEqual([]);
  if (described.validate === undefined) {
    expect(body, `body of ${operation} ${status}`).toBeUndefined();
    return;
  }
  described.validate(JSON.parse(JSON.stringify(body)));
  expect(described.validate.errors ?? [], `${operation} ${status}`).toEqual([]);
}
