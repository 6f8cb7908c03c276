/** The issuer takes new keys and gives up old ones, while the app goes on. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { AUDIENCE, createKey, Issuer, signed } from "./issuer.ts";
import { invalid, refusalOf } from "./refusal.ts";

const issuer = new Issuer();
let authenticate: ReturnType<typeof createAuthenticate>;
const accepts = async (token: string) => await authenticate(`Bearer ${token}`);
const SECOND = 1000;

beforeEach(async () => {
  // Only what time it is: sockets go on.
  vi.useFakeTimers({ toFake: ["Date"] });
  await issuer.open();
  authenticate = createAuthenticate({
    ...{ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri },
  });
});
afterEach(async () => {
  vi.useRealTimers();
  issuer.asked.length = 0;
  await issuer.close();
});

const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);
const person = { id: "a-person" };

test("a new key is accepted as soon as the keys are half a minute old, beside the old one", async () => {
  const old = await issuer.token();
  await accepts(old);
  const next = await createKey("key-2");
  issuer.keys.push(next);
  const token = await signed(next, issuer.url);
  pass(29 * SECOND);
  expect(await refusalOf(accepts(token))).toEqual(invalid);
  pass(SECOND);
  expect(await accepts(token)).toMatchObject(person);
  expect(await accepts(old)).toMatchObject(person);
  expect(issuer.asked).toHaveLength(2);
});

test("a key that was taken away is accepted for ten minutes at the most", async () => {
  const old = await issuer.token();
  await accepts(old);
  issuer.keys = [await createKey("key-2")];
  pass(599 * SECOND);
  expect(await accepts(old)).toMatchObject(person);
  pass(SECOND);
  expect(await refusalOf(accepts(old))).toEqual(invalid);
});

test("a key that was taken away is refused from when a token with a newer one comes", async () => {
  const old = await issuer.token();
  await accepts(old);
  issuer.keys = [await createKey("key-2")];
  pass(30 * SECOND);
  expect(await accepts(await issuer.token())).toMatchObject(person);
  expect(await refusalOf(accepts(old))).toEqual(invalid);
});

test("when keys are too old and cannot be read, nothing is accepted", async () => {
  const token = await issuer.token();
  await accepts(token);
  issuer.status = 503;
  pass(600 * SECOND);
  await expect(accepts(token)).rejects.toThrow("Expected 200 OK");
  issuer.status = 200;
  expect(await accepts(token)).toMatchObject(person);
});

test("tokens of unknown keys have the keys read once in half a minute, however many there are", async () => {
  await accepts(await issuer.token());
  const strangers = await Promise.all(
    Array.from({ length: 5 }, async (_, number) =>
      signed(await createKey(`stranger-${number}`, "ES256"), issuer.url),
    ),
  );
  const hammer = () =>
    Promise.all(
      [...strangers, ...strangers, ...strangers].map((token) => refusalOf(accepts(token))),
    );
  for (const refusal of await hammer()) expect(refusal).toEqual(invalid);
  expect(issuer.asked).toHaveLength(1);
  pass(30 * SECOND);
  await hammer();
  await hammer();
  expect(issuer.asked).toHaveLength(2);
  expect(await accepts(await issuer.token())).toMatchObject(person);
});

test("requests that come at once while there are no keys yet wait for one answer", async () => {
  const token = await issuer.token();
  await Promise.all(Array.from({ length: 20 }, () => accepts(token)));
  expect(issuer.asked).toHaveLength(1);
});
