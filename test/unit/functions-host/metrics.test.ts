import { expect, test } from "vitest";
import { Metrics } from "../../../local/functions-host/invocation/metrics.ts";
import { newTraceParent } from "../../../local/functions-host/invocation/trace-parent.ts";

test("invocations are summed by function, and the last thousand are kept", () => {
  const metrics = new Metrics();
  const start = new Date("2026-01-01T00:00:00Z");
  for (let count = 0; count < 1001; count += 1) metrics.record("A", start, 2, count === 0);
  metrics.record("B", start, 5, true);
  const { functions, recent } = metrics.report();
  expect(functions).toEqual({
    A: { count: 1001, failures: 1, totalMs: 2002 },
    B: { count: 1, failures: 1, totalMs: 5 },
  });
  expect(recent).toHaveLength(1000);
  expect(recent.at(-1)).toEqual({
    name: "B",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 5,
    failed: true,
  });
});

test("an invocation is a new span, in the caller's trace", () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const caller = `00-${trace}-00f067aa0ba902b7-01`;
  expect(newTraceParent(caller)).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(newTraceParent(caller)).not.toBe(caller);
  expect(newTraceParent("nonsense")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});
