import { expect, test } from "vitest";
import { replicationOf } from "../../../local/arm/rules/replication.ts";
import type { RestorePoint } from "../../../local/arm/state/state.ts";

const STARTED = Date.UTC(2026, 0, 1);

const copy = {
  sourceRestorePointId: "/restorePoints/rp-1",
  sourceTimeCreated: "2025-12-31T00:00:00.000Z",
  startedAt: new Date(STARTED).toISOString(),
  durationMs: 1000,
};
const point = { copy } as RestorePoint;

test.each([
  ["in steps", 400, 555, 40],
  ["all the time, where a step takes none", 0, 555, 55],
])("the progress of a copy is told %s", (_, copyProgressStepMs, elapsed, completionPercent) => {
  expect(replicationOf({ copyProgressStepMs }, point, STARTED + elapsed)).toMatchObject({
    state: "inProgress",
    completionPercent,
  });
});
