import { describe, expect, test } from "vitest";
import { copyOf, HOUR, hourly, point, timeAt } from "../../fixtures/points.ts";
import { policy } from "../../fixtures/records.ts";
import { recorded } from "../requests/upkeep-scene.ts";

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

  test("of some disks is not the newest good one, which outlives its time before it", async () => {
    const keepUntil = timeAt(2 * HOUR).toISOString();
    const whole = point(0, { ...asked, keepUntil });
    const some = point(HOUR, { ...asked, keepUntil, partial: true });
    const it = await recorded({ points: [whole, some] });
    await it.upkeep();
    expect((await it.point(whole.name))?.deletion).toBeUndefined();
    expect((await it.point(some.name))?.deletion).toBeDefined();
    expect(await it.delete(whole.name)).toMatchObject({ kind: "refused", code: "NewestGood" });
  });

  test("of some disks makes up for no copy of a whole one", async () => {
    const whole = point(0);
    const it = await recorded({
      points: [point(HOUR, { ...asked, partial: true })],
      copies: [copyOf(whole, "westus")],
    });
    const message = expect.stringContaining("newest good");
    expect(await it.delete(whole.name, "westus")).toMatchObject({ kind: "refused", message });
  });
});
