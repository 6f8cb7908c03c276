import { describe, expect, test } from "vitest";
import {
  openSlot,
  operationId,
  protection,
  virtualMachine,
  vmId,
  vmKey,
} from "../../fixtures/records.ts";
import { now, plan, running, waiting } from "./planning.ts";

describe("a VM that has a tag and had no protection", () => {
  test("becomes protected, with a slot at once and the next one set", () => {
    expect(plan("hourly")).toEqual({
      vm: vmKey(),
      resourceId: vmId(),
      location: "westeurope",
      vmId: virtualMachine().vmId,
      status: "Protected",
      tag: "hourly",
      policies: ["hourly"],
      options: { exclude: [] },
      policiesSince: now.toISOString(),
      generation: 1,
      openSlots: [
        {
          slot: "t1",
          cause: "tagged",
          at: now.toISOString(),
          attempt: 1,
          notBefore: now.toISOString(),
          policies: ["hourly"],
          consistency: "CrashConsistent",
          excludeDisks: [],
        },
      ],
      nextSlotAt: expect.stringMatching(/^2026-01-31T1[01]:\d\d:00\.000Z$/),
      excludedDisks: [],
      updatedAt: now.toISOString(),
    });
  });

  test("gets one restore point for all its policies, of the strongest consistency", () => {
    expect(plan("hourly,gold")?.openSlots).toEqual([
      expect.objectContaining({
        policies: ["hourly", "gold"],
        consistency: "ApplicationConsistent",
      }),
    ]);
  });

  test("gets the consistency that its tag asks for", () => {
    expect(plan("gold;consistency=crash")).toMatchObject({
      options: { consistency: "CrashConsistent" },
      openSlots: [{ consistency: "CrashConsistent" }],
    });
  });

  test("waits for its schedule when no policy asks for a restore point on tagging", () => {
    expect(plan("quiet")).toMatchObject({
      status: "Protected",
      generation: 1,
      openSlots: [],
      nextSlotAt: expect.any(String),
    });
  });

  test("counts only the policies that ask for a restore point on tagging", () => {
    expect(plan("quiet,hourly")?.openSlots).toEqual([
      expect.objectContaining({ policies: ["hourly"] }),
    ]);
  });
});

describe("what happens to a VM that has requests waiting", () => {
  const asked = (number: number, operation?: ReturnType<typeof operationId>) =>
    openSlot({
      ...{
        slot: `r202601310900-0000000${number}`,
        cause: "requested",
        request: operationId(number),
      },
      ...(operation ? { operation } : {}),
    });
  const openSlots = [asked(1, operationId(50)), asked(2), asked(3)];
  const [first, second, third] = openSlots.map(({ slot }) => slot);
  const slots = (after: ReturnType<typeof plan>) => after?.openSlots.map(({ slot }) => slot);

  test("comes before them, and after the one that is being made: a tag", () => {
    const before = protection({ status: "Unprotected", policies: [], generation: 0, openSlots });
    expect(slots(plan("hourly", before))).toEqual([first, "t1", second, third]);
  });

  test("comes before them, and after the one that is being made: another size", () => {
    const before = protection({ policies: ["watchful"], vmSize: "Standard_D2s_v5", openSlots });
    const after = plan("watchful", before, { vmSize: "Standard_D4s_v5" });
    expect(slots(after)).toEqual([first, expect.stringMatching(/^eresized-/), second, third]);
  });
});

describe("a VM that is protected and still tagged", () => {
  test("gets no second restore point for the same tag", () => {
    expect(plan("hourly", protection())).toMatchObject({ generation: 1, openSlots: [] });
  });

  test("follows a change of policy without starting over", () => {
    expect(plan("gold;exclude=lun:1", protection())).toMatchObject({
      status: "Protected",
      tag: "gold;exclude=lun:1",
      policies: ["gold"],
      options: { exclude: [{ lun: 1 }] },
      generation: 1,
      openSlots: [],
    });
  });

  test("keeps its slots, running and waiting", () => {
    const openSlots = [running, waiting];
    expect(plan("gold", protection({ openSlots }))?.openSlots).toEqual(openSlots);
  });

  test("is described as Azure spells it now", () => {
    const after = plan(
      "hourly",
      protection({ resourceId: vmId("WEB-01"), location: "northeurope" }),
    );
    expect(after).toMatchObject({ resourceId: vmId(), location: "westeurope" });
  });
});

describe("a VM that is tagged again", () => {
  test.each(["Unprotected", "OptedOut", "VmDeleted"] as const)(
    "after %s gets a restore point of a new generation",
    (status) => {
      const { tag: _, nextSlotAt: __, ...before } = protection({ status, policies: [] });
      expect(plan("hourly", before)).toMatchObject({
        status: "Protected",
        generation: 2,
        openSlots: [{ slot: "t2", cause: "tagged" }],
      });
    },
  );

  test("while an earlier attempt still runs has its new slot wait behind it", () => {
    const before = protection({ status: "Unprotected", openSlots: [running] });
    expect(plan("hourly", before)?.openSlots.map(({ slot }) => slot)).toEqual(["t1", "t2"]);
  });
});

describe("a VM that was deleted and made again under its name", () => {
  const again = { vmId: "0f47b1a2-0000-4000-8000-000000000002" };

  test("gets a restore point at once, though the tag is the same", () => {
    expect(plan("hourly", protection({ openSlots: [waiting] }), again)).toMatchObject({
      vmId: again.vmId,
      generation: 2,
      openSlots: [{ slot: "t2" }],
    });
  });

  test("gets it when its tag can be read, if that could not be read at first", () => {
    const broken = plan("platinum", protection(), again);
    expect(plan("hourly", broken, again)).toMatchObject({
      vmId: again.vmId,
      generation: 2,
      openSlots: [{ slot: "t2" }],
    });
  });
});
