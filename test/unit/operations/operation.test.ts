import { describe, expect, test } from "vitest";
import {
  ACTIVE_SHARDS,
  activeKey,
  activeOperationOf,
  activeShard,
} from "../../../src/lib/operations/active-operation.ts";
import { isEnded, operationKey } from "../../../src/lib/operations/operation.ts";
import { operationIdOf } from "../../../src/lib/operations/operation-id.ts";
import {
  accept,
  end,
  leaveUnsettled,
  lookAgain,
  postpone,
  submit,
} from "../../../src/lib/operations/operation-moves.ts";
import { operation, operationId, vmKey } from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:00.000Z");
const later = "2026-01-31T10:00:30.000Z";
const error = { code: "ECONNRESET", message: "lost" };
const submitting = submit(operation(), now, 60_000);
const inProgress = accept(submitting, { statusUrl: "https://arm.test/operations/1" }, later);

describe("an operation", () => {
  test("that is submitted has a lease", () => {
    expect(submitting).toEqual(
      operation({
        state: "Submitting",
        submittedAt: now.toISOString(),
        leaseUntil: "2026-01-31T10:01:00.000Z",
      }),
    );
  });

  test("that ARM has taken is looked at, and has no lease", () => {
    expect(inProgress).toEqual(
      operation({
        state: "InProgress",
        submittedAt: now.toISOString(),
        statusUrl: "https://arm.test/operations/1",
        look: 1,
        nextLookAt: later,
      }),
    );
  });

  test("that was adopted has no status URL, and no errors any more", () => {
    const adopted = accept(leaveUnsettled(submitting, later, error), {}, later);
    expect(adopted).toMatchObject({ state: "InProgress", transientErrors: 0 });
    expect(adopted).not.toHaveProperty("statusUrl");
    expect(adopted).not.toHaveProperty("error");
  });

  test("that ARM has not taken is due again as a whole", () => {
    expect(postpone(submitting, later)).toEqual(operation({ startAt: later }));
  });

  test("whose outcome is unknown stays leased, with the error", () => {
    const unsettled = leaveUnsettled(leaveUnsettled(submitting, later, error), later, error);
    expect(unsettled).toEqual({ ...submitting, leaseUntil: later, transientErrors: 2, error });
  });

  test("that runs goes from look to look", () => {
    expect(lookAgain(inProgress, later, 3)).toEqual({
      ...inProgress,
      look: 2,
      nextLookAt: later,
      transientErrors: 3,
    });
  });

  test("that has ended keeps no lease, no next look and no earlier error", () => {
    const unsettled = { ...leaveUnsettled(inProgress, later, error) };
    const succeeded = end(unsettled, "Succeeded", now);
    expect(succeeded).toMatchObject({ state: "Succeeded", endedAt: now.toISOString() });
    for (const name of ["leaseUntil", "nextLookAt", "error"]) {
      expect(succeeded).not.toHaveProperty(name);
    }
    expect(end(unsettled, "Failed", now, error)).toMatchObject({ state: "Failed", error });
  });

  test.each([
    ["Planned", false],
    ["Submitting", false],
    ["InProgress", false],
    ["Succeeded", true],
    ["Failed", true],
    ["Canceled", true],
  ] as const)("is over when it is %s: %s", (state, over) => {
    expect(isEnded(operation({ state }))).toBe(over);
  });
});

describe("where operations are kept", () => {
  test("an operation is in its VM's partition", () => {
    expect(operationKey(operationId())).toEqual({
      partitionKey: vmKey(),
      rowKey: operationId().slice(-26),
    });
  });

  test("those under way are spread over the shards that the sweep reads", () => {
    const shards = Array.from({ length: ACTIVE_SHARDS }, (_, shard) => activeShard(shard));
    const letters = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];
    const ids = letters.map((letter) => operationIdOf(vmKey(), `${"0".repeat(25)}${letter}`));
    const keys = ids.map((id) => activeKey(id));
    const used = new Set(keys.map(({ partitionKey }) => partitionKey));
    expect([...used].filter((shard) => !shards.includes(shard))).toEqual([]);
    expect(used.size).toBeGreaterThan(ACTIVE_SHARDS / 2);
  });

  test("its row under way says whose it is and since when", () => {
    expect(activeOperationOf(operation())).toEqual({
      id: operationId(),
      vm: vmKey(),
      createdAt: operation().createdAt,
    });
  });
});
