import { describe, expect, test } from "vitest";
import { grantIdOf } from "../../../src/lib/grants/grant-id.ts";
import { switchOff } from "../../../src/lib/state/switches.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { copyOf, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { operationId, policy, protection } from "../../fixtures/records.ts";
import { by, recorded } from "./upkeep-scene.ts";

const points = hourly(4);
const [first, second, third, last] = points as [
  (typeof points)[0],
  (typeof points)[0],
  (typeof points)[0],
  (typeof points)[0],
];

describe("a restore point that a person wants deleted", () => {
  test("is, though a policy would keep it by number, and who asked is in the audit log alone", async () => {
    const it = await recorded({ points });
    const answer = await it.delete(second.name);
    const deletion = (await it.point(second.name))?.deletion;
    expect(answer).toMatchObject({
      kind: "accepted",
      operation: deletion?.operation,
      followUp: { start: [{ operation: deletion?.operation }] },
    });
    // Partners read it.
    expect(deletion?.reason).toBe("Somebody asked for it.");
    expect(await allOf(it.tables.operations)).toMatchObject([
      { kind: "deleteRestorePoint", point: second.name, reason: "Somebody asked for it." },
    ]);
    expect(await allOf(it.tables.audit)).toMatchObject([
      { action: "deletionRequested", actor: by, point: second.name, correlationId: "c-1" },
    ]);
  });

  test("is deleted once: the second request is told of the first", async () => {
    const it = await recorded({ points });
    const before = await it.delete(second.name);
    const again = await it.delete(second.name);
    expect(again).toMatchObject({
      kind: "accepted",
      operation: before.kind === "accepted" && before.operation,
    });
    expect(await allOf(it.tables.operations)).toHaveLength(1);
  });

  test("is tried anew after a deletion that failed", async () => {
    const failed = {
      ...{ operation: operationId(90), reason: "Old.", decidedAt: first.at },
      ...{ error: { code: "Busy", message: "" }, retryAt: timeAt(900 * HOUR).toISOString() },
    };
    const it = await recorded({ points: [first, { ...second, deletion: failed }, last] });
    const answer = await it.delete(second.name);
    expect(answer.kind).toBe("accepted");
    expect((await it.point(second.name))?.deletion).not.toHaveProperty("error");
    expect((await it.point(second.name))?.deletion?.operation).not.toBe(failed.operation);
  });

  test("may have failed: what is left of it goes", async () => {
    const it = await recorded({ points: [{ ...second, state: "Failed" }, last] });
    expect(await it.delete(second.name)).toMatchObject({ kind: "accepted" });
  });

  test("may be the first of a chain of copies, which is said", async () => {
    const active = policy("hourly", { copies: [{ region: "westus", retention: { last: 9 } }] });
    const copies = points.map((each) => copyOf(each, "westus"));
    const it = await recorded({ points, copies }, active);
    expect(await it.delete(first.name)).toMatchObject({
      kind: "accepted",
      caveat: expect.stringContaining("first of a chain of copies"),
    });
  });

  test("may be a copy, which is not the newest good one while a newer one is there", async () => {
    const it = await recorded({
      points: [last],
      copies: [copyOf(third, "westus", { requested: true })],
    });
    expect(await it.delete(third.name, "westus")).toMatchObject({ kind: "accepted" });
    expect((await it.copyOf(third.name, "westus"))?.deletion).toBeDefined();
  });
});

describe("a deletion is refused, with a sentence,", () => {
  const hold = { reason: "a dispute", by: "counsel", since: first.at };
  const lock = (name: string, region?: string) => ({
    grant: grantIdOf("bob", `01${"9".padStart(24, "0")}`),
    point: name,
    disk: "os",
    family: "os",
    until: timeAt(72 * HOUR).toISOString(),
    ...(region === undefined ? {} : { region }),
  });
  const copying = copyOf(second, "westus", { state: "Copying" });
  const copied = policy("hourly", { copies: [{ region: "westus", retention: { last: 9 } }] });
  const refused = (code: string, message: string | RegExp) => ({
    kind: "refused",
    code,
    message: expect.stringMatching(message),
  });

  test("of what is on hold", async () => {
    const it = await recorded({ points: [{ ...second, legalHold: hold }, last] });
    expect(await it.delete(second.name)).toEqual(refused("LegalHold", /a dispute/));
    expect(await allOf(it.tables.operations)).toEqual([]);
    expect(await allOf(it.tables.audit)).toEqual([]);
  });

  test("of what somebody may read, with the time when that ends", async () => {
    const it = await recorded({ points });
    await it.tables.locks.upsert({ vm: it.vm, locks: [lock(second.name)] });
    const { until } = lock(second.name);
    expect(await it.delete(second.name)).toMatchObject({ code: "AccessGranted", freeAt: until });
    expect(await it.delete(third.name)).toMatchObject({ kind: "accepted" });
  });

  test("unless the policy ends such access with the restore point", async () => {
    const it = await recorded({ points }, policy("hourly", { grants: { whenDeleted: "end" } }));
    await it.tables.locks.upsert({ vm: it.vm, locks: [lock(second.name)] });
    expect(await it.delete(second.name)).toMatchObject({ kind: "accepted" });
    expect((await it.point(second.name))?.deletion?.endsGrants).toBe(true);
  });

  test("of what is being copied", async () => {
    const it = await recorded({ points, copies: [copying] }, copied);
    expect(await it.delete(second.name)).toEqual(refused("BeingCopied", /westus/));
    expect(await it.delete(second.name, "westus")).toEqual(refused("StillBeingMade", /made/));
  });

  test("of what is to be copied next, or was asked to be", async () => {
    const it = await recorded(
      { points: [first, { ...second, copyTo: ["japaneast"] }, last] },
      copied,
    );
    expect(await it.delete(first.name)).toEqual(refused("CopyPending", /westus/));
    expect(await it.delete(second.name)).toEqual(refused("CopyPending", /japaneast/));
  });

  test("of what is still being made", async () => {
    const it = await recorded({ points: [{ ...second, state: "Creating" }, last] });
    expect(await it.delete(second.name)).toEqual(refused("StillBeingMade", /made/));
  });

  test("of the newest good one, also without any policy", async () => {
    const lone = point(0, { policies: [] });
    const it = await recorded({ points: [lone], copies: [copyOf(lone, "westus")] });
    await it.tables.protections.upsert(protection({ status: "Unprotected", policies: [] }));
    expect(await it.delete(lone.name)).toEqual(refused("NewestGood", /newest good/));
  });

  test("of the last copy of a VM that has nothing else", async () => {
    const it = await recorded({
      copies: [copyOf(third, "westus", { requested: true, policies: [] })],
    });
    expect(await it.delete(third.name, "westus")).toEqual(refused("NewestGood", /newest good/));
  });

  test("of what the floor of a policy keeps", async () => {
    const it = await recorded({ points }, policy("hourly", { retention: { last: 9, floor: 2 } }));
    expect(await it.delete(third.name)).toEqual(refused("PolicyFloor", /floor/));
    expect(await it.delete(second.name)).toMatchObject({ kind: "accepted" });
  });

  test("while deletions are switched off", async () => {
    const it = await recorded({ points });
    await switchOff(it.tables, "The catalogue is being rebuilt.", it.at);
    expect(await it.delete(second.name)).toEqual(refused("DeletionsOff", /being rebuilt/));
  });

  test("of what is not there", async () => {
    const it = await recorded({ points: [{ ...second, state: "Failed", removedAt: second.at }] });
    expect(await it.delete("t9-a1")).toEqual({ kind: "notFound" });
    expect(await it.delete(second.name)).toEqual({ kind: "notFound" });
    expect(await it.delete(first.name, "westus")).toEqual({ kind: "notFound" });
  });

  test("of what is put on hold in the same moment", async () => {
    const it = await recorded({ points });
    // Between what the request has read and what it writes.
    const { replace } = it.tables.points;
    it.tables.points.replace = async (row, etag) => {
      it.tables.points.replace = replace.bind(it.tables.points);
      await it.tables.points.upsert({ ...second, legalHold: hold });
      return await it.tables.points.replace(row, etag);
    };
    expect(await it.delete(second.name)).toEqual(refused("LegalHold", /a dispute/));
    expect(await allOf(it.tables.active)).toEqual([]);
  });
});
