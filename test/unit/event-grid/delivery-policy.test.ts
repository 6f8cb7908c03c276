import { describe, expect, test } from "vitest";
import { azureDeliveryPolicy, judge } from "../../../local/event-grid/delivery-policy.ts";
import { createSlots } from "../../../local/event-grid/slots.ts";

const attempt = (status: number | undefined, number = 1, ageInMilliseconds = 0) =>
  judge({ status, number, ageInMilliseconds }, azureDeliveryPolicy);

describe("a delivery", () => {
  test.each([200, 201, 202, 203, 204])("has succeeded with %i", (status) => {
    expect(attempt(status)).toEqual({ outcome: "Delivered" });
  });

  test.each([
    [400, "BadRequest"],
    [401, "Unauthorized"],
    [403, "Forbidden"],
    [413, "RequestEntityTooLarge"],
  ])("is given up at once with %i", (status, name) => {
    const reason = `UndeliverableDueToHttp${name}`;
    expect(attempt(status)).toEqual({ outcome: "Dropped", reason });
  });

  test.each([undefined, 205, 206, 302, 404, 408, 409, 429, 500, 503])(
    "is tried again after %s",
    (status) => {
      expect(attempt(status)).toEqual({ outcome: "Retrying", afterMilliseconds: 10_000 });
    },
  );

  test.each([
    [1, 10],
    [2, 30],
    [3, 60],
    [4, 300],
    [5, 600],
    [6, 1800],
    [7, 3600],
    [8, 10_800],
    [9, 21_600],
    [10, 43_200],
    [11, 43_200],
    [29, 43_200],
  ])("waits after attempt %i for %i s", (number, seconds) => {
    expect(attempt(500, number)).toEqual({
      outcome: "Retrying",
      afterMilliseconds: seconds * 1000,
    });
  });

  test("is given up after 30 attempts", () => {
    expect(attempt(500, 30)).toEqual({
      outcome: "Dropped",
      reason: "MaxDeliveryAttemptsExceeded",
    });
  });

  test("is given up when the next attempt would come after 24 hours", () => {
    const day = 24 * 3_600_000;
    expect(attempt(500, 1, day - 10_000)).toHaveProperty("outcome", "Retrying");
    expect(attempt(500, 1, day - 9_999)).toEqual({
      outcome: "Dropped",
      reason: "TimeToLiveExceeded",
    });
  });
});

describe("slots", () => {
  test("let so many work at once, and hand over also after a failure", async () => {
    const slots = createSlots(2);
    const started: number[] = [];
    const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
    const runs = gates.map((gate, index) =>
      slots.use(async () => {
        started.push(index);
        await gate.promise;
      }),
    );
    expect(started).toEqual([0, 1]);
    const failed = expect(runs[0]).rejects.toThrow("broken");
    gates[0]?.reject(new Error("broken"));
    await failed;
    expect(started).toEqual([0, 1, 2]);
    for (const gate of gates.slice(1)) gate.resolve();
    await Promise.all(runs.slice(1));
    await slots.use(async () => started.push(3));
    expect(started).toEqual([0, 1, 2, 3]);
  });
});
