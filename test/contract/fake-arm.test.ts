/** What is the fake's own: accesses that are late or fail, and what it tells tests of them. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../fakes/fake-arm/fault.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import { disk, virtualMachine, vmId, vmKey } from "../fixtures/records.ts";

const COLLECTION = vmId().replace(/virtualMachines\/.*/, "restorePointCollections/rpc");
const POINT = `${COLLECTION}/restorePoints/t1-a1`;
const ID = `${POINT}/diskRestorePoints/web-01-os_0`;
const HOUR = 3_600_000;

let now: number;
let arm: FakeArm;

beforeEach(async () => {
  now = Date.parse("2026-01-31T10:00:00Z");
  arm = new FakeArm(() => now);
  arm.vms.set(vmKey(), virtualMachine({ disks: [disk("web-01-os")] }));
  await arm.putRestorePointCollection({ id: COLLECTION, location: "x", sourceId: vmId() });
  await arm.putRestorePoint({ id: POINT, excludeDiskIds: [] });
  now += arm.createMs;
});

/** What happens to the next request. */
function once(fault: Fault): void {
  arm.fault = () => {
    arm.fault = () => undefined;
    return fault;
  };
}

const begin = (seconds = 3600) => arm.beginGetAccess({ id: ID, seconds });

async function opened(): Promise<string> {
  await begin();
  now += arm.accessMs;
  return arm.accesses[0]?.url ?? "";
}

test("an access is live from when its operation ends until its time is over", async () => {
  await begin();
  expect(arm.accesses).toEqual([]);
  now += arm.accessMs;
  const expected = { id: ID.toLowerCase(), expiresAt: now + HOUR };
  expect(arm.accesses).toMatchObject([expected]);
  now += HOUR - 1;
  expect(arm.accesses).toMatchObject([expected]);
  now += 1;
  expect(arm.accesses).toEqual([]);
});

test("without an expiry only endGetAccess ends one", async () => {
  arm.ignoreSasExpiry = true;
  const url = await opened();
  now += 30 * 24 * HOUR;
  expect(arm.opens(url)).toBe(true);
  expect(await arm.deleteRestorePoint(POINT)).toMatchObject({ kind: "refused" });
  await arm.endGetAccess(ID);
  now += arm.accessMs;
  expect(arm.opens(url)).toBe(false);
});

describe("late", () => {
  const late = { kind: "late", ms: 60_000 } as const;

  test("a beginGetAccess has no answer, and opens the disk after its endGetAccess", async () => {
    once(late);
    expect(await begin()).toMatchObject({ kind: "unsettled" });
    await arm.endGetAccess(ID);
    now += 59_999;
    expect(arm.accesses).toEqual([]);
    now += 1;
    expect(arm.accesses).toMatchObject([{ expiresAt: now + HOUR }]);
  });

  test("a beginGetAccess extends what was begun after it", async () => {
    once(late);
    await begin(7200);
    const url = await opened();
    now += 60_000;
    expect(arm.accesses).toMatchObject([{ url }]);
    now += HOUR + 60_000;
    expect(arm.opens(url)).toBe(true);
  });

  test("an endGetAccess ends what was begun after it", async () => {
    once(late);
    expect(await arm.endGetAccess(ID)).toMatchObject({ kind: "unsettled" });
    const url = await opened();
    expect(arm.opens(url)).toBe(true);
    now += 60_000;
    expect(arm.opens(url)).toBe(false);
  });

  test("effects come in the order of their times, however seldom one looks", async () => {
    once(late);
    await begin(7200);
    now += 1000;
    once({ kind: "late", ms: 60_000 });
    await arm.endGetAccess(ID);
    now += HOUR;
    expect(arm.accesses).toEqual([]);
  });

  test("a beginGetAccess comes to nothing when the restore point is gone by then", async () => {
    once(late);
    await begin();
    await arm.deleteRestorePoint(POINT);
    now += 60_000;
    expect(arm.accesses).toEqual([]);
    expect(await arm.getRestorePoint(POINT)).toMatchObject({ kind: "notFound" });
  });
});

test("an answer is lost, and the access is there all the same", async () => {
  once({ kind: "answerLost" });
  expect(await begin()).toMatchObject({ kind: "unsettled" });
  now += arm.accessMs;
  expect(arm.accesses).toHaveLength(1);
});

test("an access that fails later opens nothing, and says why", async () => {
  const error = { code: "InternalError", message: "Please retry." };
  once({ kind: "failLater", error });
  const answer = await begin();
  if (answer.kind !== "accepted") throw new Error(answer.error.message);
  now += arm.accessMs;
  expect(await arm.look(answer.statusUrl ?? "")).toEqual({ kind: "failed", error });
  expect(await arm.getAccess(answer.resultUrl ?? "")).toMatchObject({ kind: "refused", error });
  expect(arm.accesses).toEqual([]);
});

test("every SAS is one that a search for leaks finds", async () => {
  expect(await opened()).toMatch(/^https:\/\/disk\.test\/[^/]+\/abcd\?.*sig=/);
});
