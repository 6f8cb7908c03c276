/** Whatever is asked, the app answers as it is described, never fails, and a refusal changes nothing. */
import { HttpRequest } from "@azure/functions";
import * as fc from "fast-check";
import { expect } from "vitest";
import type { Route } from "../../src/lib/api/route.ts";
import { expectDescribed } from "../described/expect-described.ts";
import { allOf } from "../fakes/memory-tables.ts";
import { askingAs } from "../routes/callers.ts";
import { type Answer, answerOf, served } from "../routes/served.ts";
import { demandLegal } from "./legal-tables.ts";
import { type FuzzedRequest, requestsOf } from "./requests.ts";

/** The same requests each time. */
const SEED = 20_261_101;

/** Says the seed and the smallest request that does it when one of them is not answered as it should be. */
export const fuzz = (route: Route, requests: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(requestsOf(route), (request) => check(route, request)),
    { seed: SEED, numRuns: requests },
  );

async function check(route: Route, request: FuzzedRequest): Promise<void> {
  const scene = await served(askingAs(request.caller));
  demandLegal(scene.tables);
  const before = await keptIn(scene);
  const answer = await answerOf(scene.handlerOf(route.name), httpRequest(route, request));
  expect(failureOf(answer)).toBeUndefined();
  expectDescribed({ operation: route.name, ...answer });
  // What a server cannot send is no answer.
  new Headers({ ...answer.headers });
  if (answer.status < 400) return;
  const { error } = answer.body as { error: { code: string } };
  expect(answer.headers["x-ms-error-code"]).toBe(error.code);
  expect(answer.sent).toEqual([]);
  expect(await keptIn(scene)).toEqual(before);
}

/** Azure cannot be asked, and headers that are not heeded: no fault of the app's. */
const failureOf = ({ status, lines }: Answer): string | undefined =>
  status >= 500 && ![501, 503].includes(status)
    ? (lines.find((line) => line.startsWith("error")) ?? String(status))
    : undefined;

/** All that is stored but what tells of refusals, and that a request was there. */
async function keptIn({ tables, stored }: Awaited<ReturnType<typeof served>>): Promise<string> {
  const { audit: _, repeatability: __, repeatabilityDue: ___, ...others } = tables;
  const tablesOf = Object.values(others);
  const all = await Promise.all(tablesOf.map((table) => allOf<object>(table)));
  const rows = all.map((each) => each.filter((row) => !tellsOfRefusal(row)));
  const { holds, policyCopies, partnerCopies, delayed } = stored;
  const blobs = [holds, policyCopies, partnerCopies].map((each) => [...each]);
  return JSON.stringify([rows, blobs, delayed.sent]);
}

/** Of a restore: what Azure has against it can be read later. */
const tellsOfRefusal = (row: object): boolean =>
  "problems" in row || ("kind" in row && row.kind === "checkRestore");

function httpRequest({ method }: Route, asked: FuzzedRequest): HttpRequest {
  const query = new URLSearchParams(
    asked.query.map(([name, value]): [string, string] => [name, value]),
  );
  const url = `https://app.test/api/x?${query}${asked.tail}`;
  const { body } = asked;
  const hasBody = body !== undefined && method !== "GET";
  return new HttpRequest({
    ...{ method, url, params: { ...asked.params } },
    query: Object.fromEntries(new URL(url).searchParams),
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...lowerCased(asked) },
    ...(hasBody ? { body: typeof body === "string" ? { string: body } : { bytes: body } } : {}),
  });
}

/** One name, one header. */
const lowerCased = ({ headers }: FuzzedRequest) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
