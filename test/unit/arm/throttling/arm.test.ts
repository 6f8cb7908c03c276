import { describe, expect, test } from "vitest";
import {
  PRINCIPAL,
  readsLeft,
  SECOND,
  SUBSCRIPTION,
  throttled,
  times,
  writesLeft,
} from "./calls.ts";

const HEADER = "x-ms-ratelimit-remaining-subscription-";

describe("ARM's budget", () => {
  test.each([
    ["GET", "reads", "249", "3749"],
    ["HEAD", "reads", "249", "3749"],
    ["PUT", "writes", "199", "2999"],
    ["PATCH", "writes", "199", "2999"],
    ["POST", "writes", "199", "2999"],
    ["DELETE", "deletes", "199", "2999"],
  ])("of a %s is told in %s, the caller's and all callers'", (method, kind, own, all) => {
    const { call } = throttled();
    expect(call({ method })).toEqual({
      status: 200,
      headers: { [`${HEADER}${kind}`]: own, [`${HEADER}global-${kind}`]: all },
    });
  });

  test("is refused when it is used up, until there is a token again", () => {
    const { call } = throttled();
    expect(readsLeft(times(call, 250, { method: "GET" }))).toBe("0");
    expect(call({ method: "GET" }, 39)).toEqual({
      status: 429,
      wait: 1,
      headers: { [`${HEADER}reads`]: "0", [`${HEADER}global-reads`]: "3500", "Retry-After": "1" },
      body: {
        error: {
          code: "SubscriptionRequestsThrottled",
          message: `Number of 'read' requests for subscription '${SUBSCRIPTION}' actor '${PRINCIPAL}' exceeded. Please try again after '1' seconds.`,
        },
      },
    });
    expect(call({ method: "GET" }, 40).status).toBe(200);
    expect(call({ method: "GET" }, 41).status).toBe(429);
  });

  test.each([
    ["reads", "GET", 25],
    ["writes", "PUT", 10],
    ["deletes", "DELETE", 10],
  ])("of %s refills over time, but never over its edge", (kind, method, perSecond) => {
    const { call } = throttled();
    const leftOf = (now: number) => Number(call({ method }, now).headers[`${HEADER}${kind}`]);
    times(call, 99, { method });
    const before = leftOf(0);
    expect(leftOf(SECOND)).toBe(before + perSecond - 1);
    expect(leftOf(60 * SECOND)).toBe(kind === "reads" ? 249 : 199);
  });

  test("is each caller's, region's and subscription's own", () => {
    const { call } = throttled();
    times(call, 250, { method: "GET" });
    expect(call({ method: "GET" }).status).toBe(429);
    expect(call({ method: "GET", principal: "another" }).status).toBe(200);
    expect(call({ method: "GET", region: "northeurope" }).status).toBe(200);
    expect(call({ method: "GET", subscriptionId: "another" }).status).toBe(200);
    expect(call({ method: "PUT" }).status).toBe(200);
  });

  test("of all callers together is fifteen times one's", () => {
    const { call } = throttled();
    for (let caller = 0; caller < 15; caller += 1) {
      times(call, 200, { method: "PUT", principal: `${caller}` });
    }
    expect(call({ method: "PUT", principal: "another" })).toMatchObject({
      status: 429,
      body: {
        error: {
          message: `Number of 'write' requests for subscription '${SUBSCRIPTION}' exceeded. Please try again after '1' seconds.`,
        },
      },
    });
  });

  test("does not count what it refused", () => {
    const { call } = throttled();
    times(call, 1000, { method: "PUT" });
    expect(writesLeft(call({ method: "PUT" }, 10 * SECOND))).toBe("99");
  });
});
