/** Whether an answer is one that the OpenAPI document describes: its status, its headers, and each of its fields. */
import { expect } from "vitest";
import { describedAnswer } from "./described-answers.ts";
import { validatorOf } from "./document.ts";

export interface Answered {
  /** The operation's id, which is its function's name. */
  readonly operation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: there was none. */
  readonly body: unknown;
}

/** What browsers and the connection go by; the API's own users do not, so it is not in the document. */
const OF_EVERY_ANSWER =
  /^(access-control-.*|connection|content-length|content-security-policy|content-type|date|keep-alive|referrer-policy|strict-transport-security|transfer-encoding|vary|x-content-type-options)$/;

export function expectDescribed({ operation, status, headers, body }: Answered): void {
  const what = `${operation} ${status}`;
  const described = describedAnswer(operation, status);
  if (described === undefined) {
    expect.fail(`The document has no answer ${status} of ${operation}: ${JSON.stringify(body)}`);
  }
  const { required, possible } = described;
  const given = Object.keys(headers).map((name) => name.toLowerCase());
  expect(
    {
      missing: required.filter((name) => !given.includes(name)),
      unknown: given.filter((name) => !possible.includes(name) && !OF_EVERY_ANSWER.test(name)),
    },
    `headers of ${what}`,
  ).toEqual({ missing: [], unknown: [] });
  if (described.body === undefined) {
    expect(body, `body of ${what}`).toBeUndefined();
    return;
  }
  const validate = validatorOf(described.body);
  validate(JSON.parse(JSON.stringify(body)));
  expect(validate.errors ?? [], what).toEqual([]);
}
