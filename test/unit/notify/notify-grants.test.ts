import { describe, expect, test } from "vitest";
import { vmIdOf } from "../../../src/lib/fleet/vm-key.ts";
import { ending, grant } from "../../fixtures/grants.ts";
import { vmKey } from "../../fixtures/records.ts";
import { Scene } from "./scene.ts";

describe("of a grant it is told", () => {
  const ofGrant = {
    grant: grant().id,
    holder: { id: "app-1", kind: "app" },
    vm: vmKey(),
    restorePoint: "t1-a1",
    disk: "web-01-os",
    diskRestorePointId: grant().diskRestorePointId,
    expiresAt: "2026-01-31T11:00:00.000Z",
  };
  const ended = { ...ofGrant, cause: "expired", endedAt: "2026-01-31T11:00:00.000Z" };
  const revokedAt = "2026-01-31T11:02:30.000Z";
  const revoked = grant({ state: "Revoked", ending, revokedAt, lagMs: 150_000 });

  test.each([
    [
      "issued",
      grant(),
      "GrantIssued",
      "2026-01-31T10:00:05.000Z",
      { ...ofGrant, activeSince: "2026-01-31T10:00:05.000Z" },
    ],
    ["late", grant({ state: "Revoking", ending }), "GrantLate", "2026-01-31T11:01:00.000Z", ended],
    ["revoked", revoked, "GrantRevoked", revokedAt, { ...ended, revokedAt, lagSeconds: 150 }],
    // Who reads the message when all is over tells of it all the same.
    ["issued", revoked, "GrantIssued", "2026-01-31T10:00:05.000Z", expect.anything()],
    ["late", revoked, "GrantLate", "2026-01-31T11:01:00.000Z", ended],
  ] as const)("that it was %s", async (happened, record, name, time, expected) => {
    const scene = new Scene();
    await scene.tables.grants.insert(record);
    expect(await scene.notify({ of: "grant", grant: record.id, happened })).toEqual({
      id: `${record.id}!${happened}`,
      source: "/vm-restore-points",
      type: `VmRestorePoints.${name}`,
      subject: vmIdOf(vmKey()),
      time,
      data: expected,
    });
  });

  test("neither its reason nor where its SAS is asked for", async () => {
    const scene = new Scene();
    await scene.tables.grants.insert(revoked);
    for (const happened of ["issued", "late", "revoked"] as const)
      await scene.notify({ of: "grant", grant: revoked.id, happened });
    const text = JSON.stringify(scene.published);
    expect(scene.published).toHaveLength(3);
    expect(text).not.toContain(revoked.reason);
    expect(text).not.toContain("https://");
  });
});
