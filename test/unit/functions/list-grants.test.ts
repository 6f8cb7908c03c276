/** Which grants are listed, of those that there are. */
import { encodeTime } from "ulid";
import { describe, expect, test } from "vitest";
import { listGrants } from "../../../src/functions/list-grants.ts";
import { listGrantsRoute } from "../../../src/lib/api/routes/grants.ts";
import type { Grant } from "../../../src/lib/grants/grant.ts";
import { grantIdOf } from "../../../src/lib/grants/grant-id.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { PARTNER_ID, partnerCaller } from "../../fixtures/partners.ts";
import { operationId, vmKey } from "../../fixtures/records.ts";
import { asking } from "./asking.ts";

const MINUTE = 60_000;
const NOON = Date.parse("2026-01-31T12:00:00.000Z");

/** Asked for `minutes` after noon. */
function grant(holder: string, minutes: number, more: Partial<Grant> = {}): Grant {
  const time = NOON + minutes * MINUTE;
  return {
    id: grantIdOf(holder, `${encodeTime(time, 10)}${"0".repeat(16)}`),
    holder: { id: holder, kind: "app", partner: true },
    ...{ vm: vmKey(), point: "s1-a1", slot: "s1", disk: { name: "os" } },
    ...{ diskRestorePointId: "/disk", family: "os", reason: "Backup" },
    ...{ requestedMs: MINUTE, effectiveMs: MINUTE, state: "Revoked" },
    requestedAt: new Date(time).toISOString(),
    expiresAt: new Date(time + MINUTE).toISOString(),
    ...{ operation: operationId(), isAsking: false, extensions: 0, readings: 0, readAt: [] },
    correlationId: "request-1",
    ...more,
  };
}

async function scene(...grants: Grant[]) {
  const tables = memoryTables();
  for (const each of grants) await tables.grants.insert(each);
  const ask = asking(listGrantsRoute, listGrants({ tables }));
  return async (query: string, caller?: Parameters<typeof ask>[0]) => {
    const { value } = await ask({ query, ...caller });
    return value.map(
      ({ holder, requestedAt }: { holder: { id: string }; requestedAt: string }) =>
        `${holder.id} ${(Date.parse(requestedAt) - NOON) / MINUTE}`,
    );
  };
}

describe("the grants", () => {
  test.each([
    ["", ["alice 1", "alice 300", "bob 2"]],
    ["?region=NorthEurope", ["bob 2"]],
    ["?from=2026-01-31T12:02:00Z", ["alice 300", "bob 2"]],
    ["?to=2026-01-31T12:02:00Z", ["alice 1"]],
    ["?holder=alice&from=2026-01-31T12:01:00Z&to=2026-01-31T17:00:00Z", ["alice 1"]],
    ["?holder=alice&from=2026-01-31T17:00:00Z", ["alice 300"]],
    ["?from=2026-02-01T00:00:00Z", []],
  ])("with %j are %j", async (query, expected) => {
    const list = await scene(
      ...[grant("alice", 1), grant("alice", 300)],
      grant("bob", 2, { region: "northeurope" }),
    );
    expect(await list(query)).toEqual(expected);
  });

  test("of some time are a partner's own as well", async () => {
    const list = await scene(grant(PARTNER_ID, 1), grant(PARTNER_ID, 300), grant("another", 300));
    const caller = partnerCaller({ verbs: ["grants"] });
    expect(await list("?from=2026-01-31T14:00:00Z", { caller })).toEqual([`${PARTNER_ID} 300`]);
  });

  test("cannot be those of a time that ends before it begins", async () => {
    const list = await scene();
    const asked = list("?from=2026-01-31T12:00:00Z&to=2026-01-31T11:00:00Z");
    await expect(asked).rejects.toMatchObject({ status: 400, target: "from" });
  });
});
