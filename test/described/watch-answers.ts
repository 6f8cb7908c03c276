/**
 * Holds every answer of the API that a test gets over HTTP against the OpenAPI document, whoever asks. A test that got
 * one which is not described fails when it ends, also when it has itself caught what was thrown.
 */
import { afterEach, expect } from "vitest";
import { expectDescribed } from "./expect-described.ts";
import { operationAt } from "./operation-at.ts";

const undescribed: string[] = [];
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { method, url, headers } = request;
  const { pathname, searchParams } = new URL(url);
  const response = await send(input, init);
  const isApi = pathname.startsWith("/api/") && headers.has("authorization");
  const operation =
    isApi && searchParams.has("api-version") && operationAt({ method, path: pathname });
  if (operation) await hold(operation, response.clone());
  return response;
};

async function hold(operation: string, response: Response): Promise<void> {
  const text = await response.text();
  try {
    expectDescribed({
      ...{ operation, status: response.status },
      headers: Object.fromEntries(response.headers),
      body: text === "" ? undefined : JSON.parse(text),
    });
  } catch (error) {
    undescribed.push(`${operation} ${response.status}: ${error}`);
  }
}

afterEach(() => {
  expect(undescribed.splice(0)).toEqual([]);
});
