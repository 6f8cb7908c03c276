/** Requests that reach the answers which operations have in common, made from a request that succeeds. */
import type { Principal } from "../../../../src/lib/api/principal.ts";
import type { Services } from "../../../../src/services.ts";
import { allRoutes } from "../../../../tools/all-routes.ts";
import { type ApiAnswer, type ApiAsked, ApiScene } from "../../../fakes/api-scene.ts";
import { PARTNER_ID } from "../../../fixtures/partners.ts";

const NOBODY: Principal = { id: "nobody", kind: "person", roles: [] };
const PARTNER: Principal = { id: "an-app", kind: "app", roles: [], clientId: PARTNER_ID };
/** Nothing is named so. */
const NO_NAME = "No Name~";
const YESTERDAY = {
  "Repeatability-Request-ID": "1",
  "Repeatability-First-Sent": new Date(0).toUTCString(),
};

export type Reach = (operation: string, sample: ApiAsked) => Promise<ApiAnswer>;

const asking =
  (change: (sample: ApiAsked) => ApiAsked, replaced: Partial<Services> = {}): Reach =>
  async (operation, sample) =>
    (await ApiScene.filled(replaced)).ask(operation, { ...sample, ...change(sample) });

/** The storage fails, whatever is asked of it. */
const failing: Reach = async (operation, sample) => {
  const scene = await ApiScene.filled();
  const fail = async () => {
    throw new Error("The storage does not answer.");
  };
  const table = new Proxy({}, { get: () => fail });
  await scene.replace({
    tables: new Proxy({}, { get: () => table }) as Services["tables"],
    policies: { inForce: fail },
    partners: { find: fail, findFresh: fail },
  });
  return await scene.ask(operation, sample);
};

/** What an operation does not heed it must not be sent. */
const preconditionFailed: Reach = async (operation, sample) => {
  const isRepeatable = allRoutes.find(({ name }) => name === operation)?.repeatable === true;
  const headers = isRepeatable ? YESTERDAY : { "If-Match": '"never"' };
  return await asking(() => ({ headers }))(operation, sample);
};

const tooOften: Services["rateLimit"] = { take: () => ({ kind: "limited", retryAfterMs: 1500 }) };

export const generalAnswers: Readonly<Record<number, Reach>> = {
  400: asking(() => ({ query: { "api-version": "1999-01-01" } })),
  401: asking(() => ({ as: null })),
  403: asking(() => ({ as: NOBODY })),
  404: asking(({ params = {} }) => ({
    params: Object.fromEntries(Object.keys(params).map((name) => [name, NO_NAME])),
  })),
  412: preconditionFailed,
  413: asking(() => ({ body: JSON.stringify({ text: "a".repeat(257 * 1024) }) })),
  415: asking(() => ({ headers: { "content-type": "text/plain" } })),
  429: asking(() => ({ as: PARTNER }), { rateLimit: tooOften }),
  500: failing,
  501: asking(() => ({ headers: YESTERDAY })),
};
