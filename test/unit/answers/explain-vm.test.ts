import { describe, expect, test } from "vitest";
import { explainVm } from "../../../src/lib/answers/explain-vm.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { copyOf, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { openSlot, operationId, policy, protection } from "../../fixtures/records.ts";
import { input, type Scene } from "../upkeep/planning.ts";

const explain = (scene: Scene = {}, off?: string) => explainVm(input(scene), off);
const vm = protection();

describe("the rule", () => {
  test.each<[string, Parameters<typeof protection>[0], string]>([
    ["its tag", {}, "Its tag is `hourly`."],
    ["that nothing protects it", { status: "Unprotected", policies: [] }, "It has no tag"],
    ["that it is left out", { status: "OptedOut", tag: "none", policies: [] }, "left out"],
    ["that it is gone", { status: "VmDeleted", policies: [] }, "gone"],
    [
      "that its tag cannot be read, and what stays in force",
      { misconfiguration: { tag: "gould", reason: "No policy is named `gould`." } },
      "Its tag `gould` cannot be read: No policy is named `gould`. What was in force stays: hourly.",
    ],
  ])("is %s", (_what, more, expected) => {
    expect(explain({ protection: protection(more) }).rule).toContain(expected);
  });

  test("is a policy's own selection", () => {
    const { tag: _, ...untagged } = vm;
    expect(explain({ protection: untagged }).rule).toBe(
      "It has no tag; the selection of hourly matches it.",
    );
  });
});

test("what comes next is the next slot of its policies", () => {
  const { nextSlot, policies } = explain();
  expect(policies.map(({ name }) => name)).toEqual(["hourly"]);
  expect(nextSlot).toMatchObject({
    name: expect.stringMatching(/^s20260303/),
    policies: ["hourly"],
  });
  const at = Date.parse(nextSlot?.at ?? "");
  expect(at).toBeGreaterThan(timeAt(48 * HOUR).getTime());
  expect(at).toBeLessThanOrEqual(timeAt(49 * HOUR).getTime());
});

describe("each restore point", () => {
  test("is kept or not, with the reason, and will be deleted when the next ones are made", () => {
    const points = hourly(25);
    const { restorePoints } = explain({ points });
    expect(restorePoints.map(({ keep }) => keep)).toEqual([false, ...Array(24).fill(true)]);
    expect(restorePoints[0]?.because[0]).toBe(
      "hourly keeps the newest 24, and this is none of them.",
    );
    const [, second, third] = restorePoints;
    expect(second?.because).toEqual(["Kept by hourly: one of the newest 24 restore points."]);
    const hours = (Date.parse(third?.deletedAt ?? "") - Date.parse(second?.deletedAt ?? "")) / HOUR;
    expect(hours).toBe(1);
  });

  test("has its copies beside it", () => {
    const copies = [copyOf(point(0), "northeurope")];
    expect(explain({ copies }).restorePoints).toEqual([
      expect.objectContaining({ region: "northeurope", keep: true }),
    ]);
  });
});

describe("what blocks", () => {
  test("is nothing when all is well", () => {
    expect(explain({ points: hourly(3) }).blocks).toEqual([]);
  });

  test("is a slot without a restore point, and the last failure with its advice", () => {
    const error = {
      code: "VMAgentStatusCommunicationError",
      message: "No agent.",
      advice: "Start it.",
    };
    const lastSlot = {
      slot: "t1",
      at: timeAt(0).toISOString(),
      state: "Failed" as const,
      point: "t1-a1",
      error,
    };
    const openSlots = [openSlot({ slot: "t2", attempt: 2, operation: operationId() })];
    expect(explain({ protection: protection({ lastSlot, openSlots }) }).blocks).toEqual([
      "The last slot t1 failed: VMAgentStatusCommunicationError. No agent. Start it.",
      "Slot t2 has no restore point yet: attempt 2 is under way.",
    ]);
  });

  test("is a deletion that Azure refused, and one that is switched off", () => {
    const deletion = {
      operation: operationId(),
      reason: "Said so.",
      decidedAt: timeAt(0).toISOString(),
      error: { code: "DiskRestorePointUsedByCustomer", message: "It is in use." },
      retryAt: timeAt(50 * HOUR).toISOString(),
    };
    const [first, ...rest] = hourly(26);
    const points = first ? [{ ...first, deletion }, ...rest] : [];
    const { blocks } = explain({ points }, "The catalogue was rebuilt.");
    expect(blocks[0]).toContain("could not be deleted: DiskRestorePointUsedByCustomer");
    expect(blocks[1]).toBe("Deletions are switched off: The catalogue was rebuilt.");
  });
});

test("the limit counts what is not ours", () => {
  expect(explain({ points: hourly(3), others: 7 }).limit).toEqual({
    most: 500,
    ours: 3,
    others: 7,
  });
});

test("a policy that nobody has is no reason to fail", () => {
  expect(explain({ active: [policy("other")] })).toMatchObject({ policies: [] });
});

test("a VM near Azure's limit says so, also when its floors leave nothing to go", () => {
  const points = hourly(10);
  const limits = { ...azureLimits, pointsPerVm: 15 };
  const [block] = explain({ points, others: 2, limits }).blocks;
  expect(block).toBe(
    "Near Azure's limit: 10 restore points to keep and 2 others are more than 5; the oldest of the finest tiers go earlier than asked.",
  );
  expect(explain({ points: hourly(3), others: 2, limits }).blocks).toEqual([]);
});
