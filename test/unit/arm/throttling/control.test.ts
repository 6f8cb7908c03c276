import { describe, expect, test } from "vitest";
import { Journal } from "../../../../local/arm/state/journal.ts";
import { Throttling } from "../../../../local/arm/throttling/throttling.ts";
import { caller, left, MINUTE, readsLeft, throttled, times } from "./calls.ts";

const list = { method: "GET", operation: "highCostGet" } as const;
const put = { operation: "putVirtualMachine" } as const;
const crash = { mode: "CrashConsistent" } as const;

describe("the throttling factor", () => {
  test("multiplies what may be asked and how fast it refills", () => {
    const { call } = throttled({ throttlingFactor: 100 });
    expect(left(times(call, 1200, put))).toContain("PutVMResource;0");
    expect(call(put)).toMatchObject({ status: 429, wait: 60 });
    expect(left(call(put, MINUTE))).toContain("PutVMResource;399");
    expect(times(call, 300, crash).status).toBe(200);
    expect(call(crash)).toMatchObject({ status: 429, wait: 3600 });
  });

  test.each([0, Infinity])("%s is no limits, with the headers of full budgets", (factor) => {
    const { call } = throttled({ throttlingFactor: factor });
    expect(readsLeft(times(call, 2000, list))).toBe("250");
    expect(left(times(call, 2000, list))).toBe("HighCostGetSubscriptionMaximum;900");
    expect(times(call, 100, crash).status).toBe(200);
  });

  test("can change while calls are counted", () => {
    const { settings, call } = throttled();
    times(call, 12, put);
    settings.throttlingFactor = 2;
    expect(left(times(call, 12, put))).toContain("PutVMResource;0");
    settings.throttlingFactor = 1;
    expect(call(put)).toMatchObject({ status: 429, wait: 60 });
  });

  test("never makes a budget nothing", () => {
    const { call } = throttled({ throttlingFactor: 0.01 });
    expect(call(put).status).toBe(200);
    const { wait = 0 } = call(put);
    expect(call(put, wait * 1000).status).toBe(200);
  });
});

describe("a refusal on demand", () => {
  test("meets the next call, whatever room there is, and counts for nothing", () => {
    const { throttling, call } = throttled();
    throttling.throttleNext({ retryAfterSeconds: 17 });
    expect(call({ ...list, ...put })).toMatchObject({ status: 429, wait: 17 });
    expect(left(call(put))).toBe("PutVMResource;11,PutVMSubscriptionMaximum;1499");
  });

  test.each([
    ["reads", { error: { code: "SubscriptionRequestsThrottled" } }],
    ["HighCostGetSubscriptionMaximum", { details: [{ target: "HighCostGetSubscriptionMaximum" }] }],
  ])("of %s comes from who has this policy", (policy, body) => {
    const { throttling, call } = throttled({ throttlingFactor: 0 });
    throttling.throttleNext({ policy, retryAfterSeconds: 5, times: 2 });
    expect(call({ method: "PUT" }).status).toBe(200);
    expect([call(list), call(list)]).toMatchObject([
      { status: 429, wait: 5, body },
      { status: 429, wait: 5, body },
    ]);
    expect(call(list).status).toBe(200);
  });
});

describe("what was counted", () => {
  test("is kept when the state is saved and loaded", () => {
    const { throttling, call } = throttled();
    times(call, 3, { ...put, ...crash });
    const journal = new Journal();
    const settings = { throttlingFactor: 1, minimumIntervals: "none" as const };
    const loaded = new Throttling(settings, journal);
    const lines = [...throttling.dump()].map((record) => JSON.stringify([["throttling", record]]));
    for (const line of lines) journal.apply(line);
    expect(caller(loaded)(crash, 1)).toMatchObject({ status: 429, wait: 3600 });
    expect(left(caller(loaded)(put, 1))).toContain("PutVMResource;8");
  });

  test("is gone after a reset", () => {
    const { throttling, call } = throttled();
    times(call, 4, crash);
    throttling.throttleNext({ retryAfterSeconds: 5 });
    throttling.clear();
    expect(left(call(crash))).toBe("CreateCrashConsistentRestorePoint;2");
  });

  test("is forgotten when it no longer matters, however many VMs are asked for", () => {
    const { throttling, call } = throttled({ throttlingFactor: 1000 });
    for (let minute = 0; minute < 100; minute += 1) {
      for (let vm = 0; vm < 100; vm += 1) {
        call(
          { operation: "getVirtualMachine", resourceId: `/vms/${minute}-${vm}` },
          minute * MINUTE,
        );
      }
    }
    expect(throttling.size).toBeLessThan(400);
  });
});
