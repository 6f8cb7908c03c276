import { describe, expect, test } from "vitest";
import { HOUR, hourly, point } from "../../fixtures/points.ts";
import { policy } from "../../fixtures/records.ts";
import { recorded } from "./request-scene.ts";

describe("a restore point on demand that is less than its VM's policy asks for", () => {
  const strict = policy("hourly", {
    consistency: "ApplicationConsistent",
    retention: { last: 3, floor: 3 },
  });
  const complete = hourly(6).map((each) => ({
    ...each,
    consistencyRequested: "ApplicationConsistent" as const,
  }));
  const asked = { cause: "requested" as const, policies: [] };

  test.each([
    ["of some disks", { partial: true, consistencyRequested: "ApplicationConsistent" }],
    ["of weaker consistency", { consistencyRequested: "CrashConsistent" }],
  ] as const)("%s takes the place of no complete one", async (_what, less) => {
    const weaker = [7, 8, 9].map((hour) => point(hour * HOUR, { ...asked, ...less }));
    const it = await recorded({ points: [...complete, ...weaker] }, strict);
    await it.upkeep();
    const kept = [];
    for (const { name } of [...complete, ...weaker]) {
      if ((await it.point(name))?.deletion === undefined) kept.push(name);
    }
    expect(kept).toEqual([...complete.slice(-3), ...weaker].map(({ name }) => name));
  });
});
