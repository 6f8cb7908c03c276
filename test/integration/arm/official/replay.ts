/** Sends a request as Microsoft wrote it, follows it to its end, and says what is not as described. */
import { expect } from "vitest";
import { expectDocumented } from "../../../swagger/expect-documented.ts";
import type { Answer } from "../ask.ts";
import type { Arm } from "../scene.ts";
import { finished } from "../wait.ts";

export interface Replayed {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** The answer, and what Location has in the end, if there is one. */
export async function replay(
  arm: Arm,
  { method, path, body }: Replayed,
): Promise<{ answer: Answer; result: Answer | undefined }> {
  const answer = await arm.ask(method, path, { body, query: "" });
  const request = { method, url: `${arm.emulator.url}${path}`, body };
  const check = ({ status, headers, body: answered }: Answer) =>
    expectDocumented([
      { request, response: { status, headers: Object.fromEntries(headers), body: answered } },
    ]);
  check(answer);
  if (!answer.headers.has("Azure-AsyncOperation")) return { answer, result: undefined };
  const end = await finished(arm, answer);
  expect(end).toMatchObject({ status: "Succeeded", name: answer.headers.get("x-ms-request-id") });
  const result = await arm.ask("GET", answer.headers.get("Location") ?? "");
  expect(result.status).toBe(200);
  // What the request would have been answered had it not taken time: a restore point is created by 201 only.
  const { status, headers } = answer.status === 201 ? answer : { ...answer, status: 200 };
  check({ status, headers, body: result.body });
  return { answer, result };
}
