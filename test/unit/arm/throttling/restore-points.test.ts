import { describe, expect, test } from "vitest";
import { left, MINUTE, throttled, times } from "./calls.ts";

const crash = { mode: "CrashConsistent" } as const;
const application = { mode: "ApplicationConsistent" } as const;
const copy = { mode: "Copy" } as const;

describe("the restore points that a VM may be asked for in an hour", () => {
  test("are counted down", () => {
    const { call } = throttled();
    expect(left(call({ ...crash, operation: "createRestorePoint" }))).toBe(
      "PutRestorePointResource;5,PutRestorePointSubscriptionMaximum;149,CreateCrashConsistentRestorePoint;2",
    );
    expect(left(call(crash, 1))).toBe("CreateCrashConsistentRestorePoint;1");
    expect(left(call(application, 2))).toBe("CreateApplicationConsistentRestorePoint;2");
  });

  test("are too many until the first of them is an hour old", () => {
    const { call } = throttled();
    for (const minute of [0, 10, 20]) call(crash, minute * MINUTE);
    expect(call(crash, 30 * MINUTE)).toMatchObject({
      status: 429,
      wait: 30 * 60,
      body: {
        code: "OperationNotAllowed",
        details: [{ code: "TooManyRequests", target: "CreateCrashConsistentRestorePoint" }],
      },
    });
    expect(call(crash, 59.99 * MINUTE)).toMatchObject({ status: 429, wait: 1 });
    expect(call(crash, 60 * MINUTE).status).toBe(200);
    expect(call(crash, 61 * MINUTE)).toMatchObject({ status: 429, wait: 9 * 60 });
  });

  test("do not count those that were refused", () => {
    const { call } = throttled();
    for (const minute of [0, 0, 0, 10, 20, 30]) call(crash, minute * MINUTE);
    expect(left(call(crash, 60 * MINUTE))).toBe("CreateCrashConsistentRestorePoint;2");
  });

  test("are each VM's own, and each mode's", () => {
    const { call } = throttled();
    times(call, 3, crash);
    expect(call(crash).status).toBe(429);
    expect(call(application).status).toBe(200);
    expect(call({ ...crash, resourceId: "/vms/db-01" }).status).toBe(200);
  });

  test("are, of copies, the target collection's, and not told", () => {
    const { call } = throttled();
    const target = { ...copy, resourceId: "/collections/web-01-copies" };
    expect(call({ ...target, operation: "createRestorePoint" })).toMatchObject({ status: 200 });
    expect(left(call({ ...target, operation: "createRestorePoint" }, 1))).toBe(
      "PutRestorePointResource;4,PutRestorePointSubscriptionMaximum;148",
    );
    call(target, 2);
    expect(call(target, 3)).toMatchObject({ status: 429, wait: 3600 });
  });
});

describe("shortest intervals between a VM's restore points", () => {
  test.each([
    ["ApplicationConsistent", 180],
    ["CrashConsistent", 60],
  ] as const)("by setting, of %s, are refused, and not as throttling", (mode, minutes) => {
    const { call } = throttled({ minimumIntervals: "documented" });
    call({ mode });
    expect(call({ mode }, (minutes - 1) * MINUTE)).toMatchObject({
      status: 409,
      body: {
        error: { code: "OperationNotAllowed", message: expect.stringContaining("1 minute") },
      },
    });
    expect(call({ mode }, minutes * MINUTE).status).toBe(200);
  });

  test("do not scale, and do not hold for copies", () => {
    const { call } = throttled({ minimumIntervals: "documented", throttlingFactor: 100 });
    call(crash);
    expect(call(crash, 59 * MINUTE).status).toBe(409);
    expect(times(call, 2, copy).status).toBe(200);
  });
});
