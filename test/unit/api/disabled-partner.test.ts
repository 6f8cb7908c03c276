/** A partner with a token that is still good for an hour, when its record changes. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthenticate } from "../../../src/lib/api/authenticate.ts";
import { callerOf } from "../../../src/lib/api/caller.ts";
import { createPartnerStore } from "../../../src/lib/partners/partner-store.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";
import { AUDIENCE, Issuer } from "./issuer.ts";

const issuer = new Issuer();
beforeAll(() => issuer.open());
afterAll(() => issuer.close());

const START = Date.parse("2026-01-31T10:00:00.000Z");

test.each([
  ["disabled", { state: "disabled" as const }],
  ["deleted", { state: "disabled" as const, deletedAt: new Date(START).toISOString() }],
])("a partner that was %s a second ago gets 403, whatever its token says", async (_what, more) => {
  const tables = memoryTables();
  const store = createPartnerStore(tables);
  const authenticate = createAuthenticate({
    ...{ issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri },
  });
  const app = { oid: "an-object", azp: PARTNER_ID, idtyp: "app", roles: undefined };
  const authorization = `Bearer ${await issuer.token(app)}`;
  const callAt = async (at: number) =>
    callerOf(await authenticate(authorization), (id) => store.find(id, new Date(START + at)));

  await tables.partners.insert(partner());
  expect(await callAt(0)).toMatchObject({ id: PARTNER_ID, partner: { state: "enabled" } });
  await tables.partners.upsert(partner(more));
  await expect(callAt(1000)).rejects.toMatchObject({ status: 403, code: "Forbidden" });
});
