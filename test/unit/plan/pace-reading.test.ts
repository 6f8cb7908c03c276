import { expect, test } from "vitest";
import { createPace } from "../../../src/lib/operations/pacer.ts";
import { isPostponed } from "../../../src/lib/plan/pace-reading.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { vmKey } from "../../fixtures/records.ts";

const now = new Date("2026-01-31T10:00:20.000Z");

function scene() {
  const delayed = new RecordedDelays();
  const deps = { delayed, pace: createPace(memoryTables().pacer), now: () => now };
  return {
    delayed,
    ask: (message: Parameters<typeof isPostponed>[1]) => isPostponed(deps, message),
  };
}

test("a fleet that is tagged at once is read at most 250 at once, and 20 a second after that", async () => {
  const { delayed, ask } = scene();
  const postponed = await Promise.all(
    Array.from({ length: 400 }, (_, index) => ask({ vm: vmKey(`vm-${index}`) })),
  );
  const atOnce = postponed.filter((each) => !each).length;
  expect(atOnce).toBeGreaterThan(100);
  expect(atOnce).toBeLessThan(250);
  const longest = Math.max(...delayed.sent.map(({ delayMs }) => delayMs));
  expect((400 - atOnce) / (longest / 1000)).toBeLessThanOrEqual(20);
});

test("a message that waited for its turn is not sent away again", async () => {
  const { delayed, ask } = scene();
  await Promise.all(Array.from({ length: 400 }, (_, index) => ask({ vm: vmKey(`vm-${index}`) })));
  const happened = { kind: "started", at: now.toISOString() } as const;
  expect(await ask({ vm: vmKey(), happened })).toBe(true);
  const last = delayed.sent.at(-1)?.message;
  expect(last).toEqual({ vm: vmKey(), happened, paced: true });
  expect(await ask({ vm: vmKey(), happened, paced: true })).toBe(false);
});
