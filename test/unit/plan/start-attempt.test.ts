import { describe, expect, test } from "vitest";
import type { OpenSlot, Protection } from "../../../src/lib/fleet/protection.ts";
import type { VirtualMachine } from "../../../src/lib/fleet/virtual-machine.ts";
import { type AttemptInput, startAttempt } from "../../../src/lib/plan/start-attempt.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import {
  disk,
  diskId,
  openSlot,
  operationId,
  policies,
  policy,
  protection,
  virtualMachine,
} from "../../fixtures/records.ts";

const known = policies(
  policy("hourly"),
  policy("scratchless", { excludeDisks: [{ disk: "scratch" }] }),
);
const disks = [disk("os"), disk("data", { lun: 0 }), disk("scratch", { lun: 1 })];

function start(
  slots: readonly OpenSlot[],
  more: Partial<Protection> = {},
  vm: Partial<VirtualMachine> = { disks },
  request?: AttemptInput["request"],
) {
  const before = protection({ ...more, openSlots: [...slots] });
  const input = { vm: virtualMachine(vm), policies: known, limits: azureLimits, request };
  return startAttempt(before, input, operationId());
}

const excludedIn = (after: Protection) =>
  after.openSlots[0]?.excludeDisks.map(({ name }) => name) ?? [];

describe("the first waiting slot", () => {
  test("gets the operation; the one behind it waits", () => {
    const behind = openSlot({ slot: "s202601311100" });
    expect(start([openSlot(), behind]).openSlots).toEqual([
      openSlot({ operation: operationId() }),
      behind,
    ]);
  });

  const input = { vm: virtualMachine(), policies: known, limits: azureLimits };

  test("waits while another restore point of the VM is made", () => {
    const running = openSlot({ operation: operationId(7) });
    const before = protection({ openSlots: [running, openSlot({ slot: "t2" })] });
    expect(startAttempt(before, input, operationId())).toBe(before);
  });

  test("may be missing", () => {
    const before = protection();
    expect(startAttempt(before, input, operationId())).toBe(before);
  });
});

describe("a slot whose policies all name one other region", () => {
  const far = policies(
    policy("far", { region: "northeurope" }),
    policy("also", { region: "northeurope" }),
    policy("near"),
    policy("here", { region: "westeurope" }),
  );
  const regionOf = (names: string[], more: Partial<OpenSlot> = {}, createInOtherRegion = true) => {
    const before = protection({ openSlots: [openSlot({ policies: names, ...more })] });
    const limits = { createInOtherRegion };
    const after = startAttempt(
      before,
      { vm: virtualMachine(), policies: far, limits },
      operationId(),
    );
    return after.openSlots[0]?.region;
  };

  test("is made straight there, where Azure takes that", () => {
    expect(regionOf(["far", "also"])).toBe("northeurope");
    expect(regionOf(["far"], {}, false)).toBeUndefined();
  });

  test("is made beside the VM when another policy wants it there, or Azure has refused", () => {
    expect(regionOf(["far", "near"])).toBeUndefined();
    expect(regionOf(["here"])).toBeUndefined();
    expect(regionOf(["far"], { regionRefused: true })).toBeUndefined();
  });
});

describe("an attempt leaves out", () => {
  test("the disks of the tag and of the policies that the slot serves", () => {
    const options = { exclude: [{ lun: 0 }] };
    expect(excludedIn(start([openSlot()], { options }))).toEqual(["data"]);
    const served = openSlot({ policies: ["hourly", "scratchless"] });
    expect(excludedIn(start([served], { options }))).toEqual(["data", "scratch"]);
  });

  test("the disks that an earlier attempt showed to be in the way, named once", () => {
    const earlier = { id: diskId("scratch"), name: "scratch", lun: 1, reason: "Not allocated." };
    const after = start([openSlot({ excludeDisks: [earlier] })], {
      options: { exclude: [{ lun: 0 }, { lun: 1 }] },
    });
    expect(excludedIn(after)).toEqual(["scratch", "data"]);
    expect(after.excludedDisks[0]).toEqual(earlier);
  });

  test("shows what it leaves out on the VM", () => {
    const after = start([openSlot()], { options: { exclude: [{ lun: 1 }] } });
    expect(after.excludedDisks).toEqual([
      {
        id: diskId("scratch"),
        name: "scratch",
        lun: 1,
        reason: "Excluded by the tag or the policy.",
      },
    ]);
  });

  test("an Ultra disk only when it is crash-consistent, as after a fallback", () => {
    const vm = {
      disks: [disk("os"), disk("data", { lun: 0, storageAccountType: "UltraSSD_LRS" })],
    };
    const application = openSlot({ consistency: "ApplicationThenCrashConsistent" });
    expect(excludedIn(start([application], {}, vm))).toEqual([]);
    expect(excludedIn(start([openSlot()], {}, vm))).toEqual(["data"]);
  });
});

describe("a slot on demand", () => {
  const options = { exclude: [{ lun: 0 }] };
  const slot = openSlot({ request: operationId(9) });

  test("leaves out what was asked for, in the place of what tag and policies say", () => {
    const request = { excludeDisks: [{ disk: "scratch" }], asked: {} };
    const after = start([slot], { options }, { disks }, request);
    expect(after.openSlots[0]?.excludeDisks).toMatchObject([
      { name: "scratch", reason: "Excluded by the request." },
    ]);
    // What one request leaves out says nothing about the VM.
    expect(after.excludedDisks).toEqual([]);
  });

  test("leaves out what the tag says when nothing was asked for", () => {
    expect(excludedIn(start([slot], { options }, { disks }, { asked: {} }))).toEqual(["data"]);
  });

  test("leaves out what the VM's policies say, also one that it is too weak for", () => {
    const weak = openSlot({ request: operationId(9), policies: [] });
    const after = start([weak], { policies: ["scratchless"] }, { disks }, { asked: {} });
    expect(excludedIn(after)).toEqual(["scratch"]);
  });

  test("is made straight in the region that was asked for, where Azure takes that", () => {
    const limits = { createInOtherRegion: true };
    const input = { vm: virtualMachine(), policies: known, limits };
    const before = protection({ openSlots: [slot] });
    const asked = { onlyIn: "northeurope", copyTo: ["northeurope"] };
    const after = startAttempt(before, { ...input, request: { asked } }, operationId());
    expect(after.openSlots[0]?.region).toBe("northeurope");
  });
});

describe("a slot that would leave out every disk", () => {
  const options = { exclude: [{ disk: "os" }, { lun: 0 }, { lun: 1 }] };

  test("fails at once and says why; the next one is not held up", () => {
    const behind = openSlot({ slot: "t2" });
    const after = start([openSlot({ attempt: 2 }), behind], { options });
    expect(after.openSlots).toEqual([behind]);
    expect(after.lastSlot).toMatchObject({
      slot: "t1",
      state: "Failed",
      point: "t1-a2",
      error: {
        code: "NoDiskToProtect",
        message: expect.stringContaining("scratch (Excluded by the tag or the policy.)"),
        advice: expect.any(String),
      },
    });
    expect(after.excludedDisks).toHaveLength(3);
  });

  test("does not fail over an unmanaged disk: that is for Azure to judge", () => {
    const { id: _, ...unmanaged } = disk("old");
    const after = start([openSlot()], {}, { disks: [unmanaged] });
    expect(after.openSlots[0]?.operation).toBe(operationId());
  });
});
