import { describe, expect, test } from "vitest";
import { ArmError } from "../../../local/arm/http/arm-error.ts";
import { HourlyLimit } from "../../../local/arm/rules/hourly-limit.ts";

const MINUTE = 60_000;
const MODE = "CrashConsistent";

/** Seconds to wait, or how many are left. */
function take(limit: HourlyLimit, minute: number, { vm = "/vms/web", mode = MODE, most = 3 } = {}) {
  try {
    return { left: limit.take(vm, mode, most, minute * MINUTE) };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return { status: error.status, wait: Number(error.headers["Retry-After"]) };
  }
}

describe("the restore points that a VM may be asked for in an hour", () => {
  test("are counted down", () => {
    const limit = new HourlyLimit();
    expect([0, 1, 2].map((minute) => take(limit, minute))).toEqual([
      { left: 2 },
      { left: 1 },
      { left: 0 },
    ]);
  });

  test("are too many until the first of them is an hour old", () => {
    const limit = new HourlyLimit();
    for (const minute of [0, 10, 20]) take(limit, minute);
    expect(take(limit, 30)).toEqual({ status: 429, wait: 30 * 60 });
    expect(take(limit, 59.99)).toEqual({ status: 429, wait: 1 });
    expect(take(limit, 60)).toEqual({ left: 0 });
    expect(take(limit, 61)).toEqual({ status: 429, wait: 9 * 60 });
  });

  test("do not count those that were refused", () => {
    const limit = new HourlyLimit();
    for (const minute of [0, 0, 0, 10, 20, 30]) take(limit, minute);
    expect(take(limit, 60)).toEqual({ left: 2 });
  });

  test("are each VM's own, in each mode, whatever the casing of the id", () => {
    const limit = new HourlyLimit();
    const most = 1;
    take(limit, 0, { most });
    expect(take(limit, 1, { most, vm: "/vms/db" })).toEqual({ left: 0 });
    expect(take(limit, 1, { most, mode: "ApplicationConsistent" })).toEqual({ left: 0 });
    expect(take(limit, 1, { most, vm: "/VMS/Web" })).toMatchObject({ status: 429 });
  });

  test("wait for as many as it takes when the limit is lowered", () => {
    const limit = new HourlyLimit();
    for (const minute of [0, 10, 20]) take(limit, minute);
    expect(take(limit, 30, { most: 1 })).toEqual({ status: 429, wait: 50 * 60 });
    expect(take(limit, 80, { most: 1 })).toEqual({ left: 0 });
  });

  test("may be none", () => {
    expect(take(new HourlyLimit(), 0, { most: 0 })).toEqual({ status: 429, wait: 3600 });
  });
});
