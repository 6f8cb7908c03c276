import { describe, expect, test } from "vitest";
import { vmKeySchema } from "../../../src/lib/fleet/vm-key.ts";
import { allOf } from "../../fakes/memory-tables.ts";
import { virtualMachine, vmId } from "../../fixtures/records.ts";
import { MINUTE, PASS, Scene, SUBSCRIPTION } from "./scene.ts";

describe("a VM whose event was lost", () => {
  test("is planned, and it is said how late it was found at the most", async () => {
    const scene = new Scene();
    await scene.pass();
    const vm = scene.addVm("web-01", "hourly");
    scene.at += PASS;
    await scene.pass();
    expect(scene.planned()).toEqual([vm]);
    expect(await scene.drift()).toEqual([
      expect.objectContaining({ kind: "missedTag", vm, lateByMs: PASS }),
    ]);
  });

  test.each([
    ["has another tag now", "daily", {}, "missedTag"],
    ["has a tag now that cannot be read", "nonesuch", {}, "missedTag"],
    ["has no tag any more", undefined, {}, "missedUntag"],
    ["is left out now", "none", {}, "missedUntag"],
    ["was made anew under its name", "hourly", { vmId: "another" }, "missedRecreation"],
    ["was thought to be deleted", "hourly", { status: "VmDeleted" as const }, "missedRecreation"],
  ])("and %s is planned", async (_what, tag, more, kind) => {
    const scene = new Scene();
    scene.addVm("web-01", tag);
    const vm = await scene.record("web-01", more);
    await scene.pass();
    expect(scene.planned()).toEqual([vm]);
    expect(await scene.drift()).toEqual([expect.objectContaining({ kind, vm })]);
  });

  test("and is gone is planned, so that it is found gone", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "hourly");
    await scene.record("web-01");
    const gone = await scene.record("web-02");
    await scene.pass();
    expect(scene.planned()).toEqual([gone]);
    expect(await scene.drift()).toEqual([
      expect.objectContaining({ kind: "missedDeletion", vm: gone }),
    ]);
  });
});

test("a VM that was moved is found gone under its old id, and tagged under its new one", async () => {
  const scene = new Scene();
  const old = await scene.record("web-01");
  const { vm: moved } = movedVm(scene);
  await scene.pass();
  expect(new Set(scene.planned())).toEqual(new Set([moved, old]));
  expect((await scene.drift()).map(({ kind, vm }) => [kind, vm]).sort()).toEqual([
    ["missedDeletion", old],
    ["missedTag", moved],
  ]);
});

/** The VM `web-01`, with the GUID that it always had, in another resource group. */
function movedVm(scene: Scene) {
  const vm = vmKeySchema.parse(`${SUBSCRIPTION}~store~web-01`);
  const id = vmId("web-01").replace("/Shop/", "/Store/");
  scene.arm.vms.set(vm, virtualMachine({ id, resourceGroup: "Store", tags: hourlyTag }));
  return { vm };
}

const hourlyTag = { "restore-points": "hourly" };

describe("nothing is done", () => {
  test("about VMs that are recorded as they are, or never were protected", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "hourly");
    await scene.record("web-01");
    scene.addVm("plain");
    await scene.pass();
    expect(scene.planned()).toEqual([]);
    expect(await scene.drift()).toEqual([]);
    expect(scene.log.events).toEqual(["subscriptionReconciled"]);
  });

  test("about a VM that is being planned just now", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "daily");
    await scene.record("web-01", { updatedAt: new Date(scene.at - MINUTE).toISOString() });
    await scene.pass();
    expect(scene.planned()).toEqual([]);
  });

  test("when the subscription does not answer, or is gone", async () => {
    const scene = new Scene();
    await scene.record("web-01");
    const error = { code: "SubscriptionNotFound", message: "It is not there." };
    scene.arm.fault = () => ({ kind: "notFound", error });
    await scene.pass();
    expect(scene.planned()).toEqual([]);
    expect(await scene.recorded("web-01")).toMatchObject({ status: "Protected" });
    expect(await allOf(scene.tables.passes)).toEqual([
      expect.objectContaining({ unreachable: "SubscriptionNotFound: It is not there." }),
    ]);
    // The next pass tries again.
    scene.arm.fault = () => undefined;
    scene.addVm("web-01", "hourly");
    scene.at += PASS;
    await scene.pass();
    expect(scene.log.events).toEqual(["subscriptionUnreachable", "subscriptionReconciled"]);
  });
});

describe("a pass", () => {
  test("goes page by page, and a large fleet is seen whole", async () => {
    const scene = new Scene();
    scene.arm.pageSize = 7;
    for (let number = 0; number < 230; number++) {
      scene.addVm(`vm-${number}`, "hourly");
      await scene.record(`vm-${number}`);
    }
    const gone = await scene.record("vm-gone");
    await scene.pass();
    expect(scene.planned()).toEqual([gone]);
    // The next pass forgets what this one saw.
    const seen = await allOf(scene.tables.seen);
    scene.at += PASS;
    await scene.pass();
    expect(await allOf(scene.tables.seen)).toHaveLength(seen.length);
  });

  test("that Azure throttles goes on after Retry-After", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "hourly");
    let calls = 0;
    scene.arm.fault = () => {
      if (calls++ > 0) return undefined;
      const error = { code: "TooManyRequests", message: "Slow down." };
      return { kind: "throttled", retryAfterMs: 17_000, subscriptionWide: true, error };
    };
    const before = scene.at;
    await scene.pass();
    expect(scene.at - before).toBeGreaterThanOrEqual(17_000);
    expect(scene.planned()).toHaveLength(1);
  });

  test("is not begun twice at once, but begun anew when it was lost", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "hourly");
    await scene.pass(0);
    scene.delayed.sent.length = 0;
    scene.at += PASS;
    await scene.pass();
    expect(scene.planned()).toEqual([]);
    expect(scene.log.events).toEqual(["passUnderWay"]);
    scene.at += 3 * 3_600_000;
    await scene.pass();
    expect(scene.planned()).toHaveLength(1);
  });

  test("may have each of its messages twice", async () => {
    const scene = new Scene();
    scene.addVm("web-01", "daily");
    await scene.record("web-01");
    await scene.pass(0);
    const [first] = scene.delayed.sent;
    if (first) scene.delayed.sent.push(first);
    await scene.handle();
    expect(await scene.drift()).toHaveLength(1);
    expect(await allOf(scene.tables.passes)).toEqual([
      expect.objectContaining({ subscriptionId: SUBSCRIPTION, finishedAt: expect.any(String) }),
    ]);
  });
});
