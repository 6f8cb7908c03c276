import { expect, test } from "vitest";
import { describeLegs } from "../../../local/demo/legs.ts";
import { printRestorePoint } from "../../../local/demo/print-restore-point.ts";
import type { Activity } from "../../../local/stack/activity.ts";
import { putReceived } from "../../../local/stack/put-received.ts";

const T0 = Date.parse("2026-01-15T18:38:04.000Z");
const VM = "00000000-0000-0000-0000-000000000001~rg-demo~web-01";

const activity = (name: string, after: number, fields = {}): Activity => ({
  at: new Date(T0 + after).toISOString(),
  source: "functions",
  name,
  fields,
});

test("the legs follow one another, each with its own time, by the first report of each", () => {
  const text = describeLegs(T0, [
    activity("Delivered", 20),
    activity("Delivered", 30),
    activity("restorePointPlanned", 120),
    activity("restorePointReceived", 150),
    activity("restorePointSubmitted", 190),
    activity("restorePointSucceeded", 7150),
  ]);
  expect(text).toBe(
    "Tag → event delivered 0.02 s → planned 0.10 s → PUT at Azure 0.03 s → succeeded 7.00 s · 7.15 s in all",
  );
});

test("a leg that nobody reported is left out, and none is shorter than nothing", () => {
  const text = describeLegs(T0, [
    activity("Delivered", -5),
    activity("restorePointSucceeded", 500),
  ]);
  expect(text).toBe("Tag → event delivered 0.00 s → succeeded 0.50 s · 0.50 s in all");
});

test("the PUT of an accepted restore point is found among ARM's requests", () => {
  const path = (collection: string) =>
    `/subscriptions/s/resourceGroups/rg-demo/providers/Microsoft.Compute/restorePointCollections/${collection}/restorePoints/t1-a1`;
  const requests = [
    { at: T0 + 1, method: "PUT", path: path("rpc-Web-01-12345678") },
    { at: T0 + 2, method: "PUT", path: path("rpc-web-011-12345678") },
    { at: T0 + 3, method: "GET", path: path("rpc-web-01-12345678") },
  ];
  const fields = { vm: VM, point: "t1-a1" };
  expect(putReceived(activity("restorePointSubmitted", 5, fields), requests)).toEqual({
    at: new Date(T0 + 1).toISOString(),
    source: "arm",
    name: "restorePointReceived",
    fields,
  });
  expect(putReceived(activity("restorePointPlanned", 5, fields), requests)).toBeUndefined();
  expect(putReceived(activity("restorePointSubmitted", 5, fields), [])).toBeUndefined();
});

test("a restore point is printed with its disks and with what was left out", () => {
  const text = printRestorePoint({
    name: "t1-a1",
    resourceId: "/…/restorePoints/t1-a1",
    state: "Succeeded",
    consistencyMode: "CrashConsistent",
    timeCreated: "2026-01-15T18:38:05Z",
    requestedAt: "2026-01-15T18:38:04Z",
    disks: [
      { name: "db-01-os", sizeInGB: 128, diskRestorePointId: "/…/diskRestorePoints/db-01-os_1" },
      { name: "db-01-data", lun: 0, diskRestorePointId: "/…/diskRestorePoints/db-01-data_2" },
    ],
    excludedDisks: [{ name: "shared", reason: "A shared disk has no restore points." }],
  });
  expect(text.split("\n")).toEqual([
    "Restore point t1-a1: Succeeded, CrashConsistent, created 2026-01-15T18:38:05Z",
    "  /…/restorePoints/t1-a1",
    "  OS disk db-01-os          128 GB   db-01-os_1",
    "  LUN 0   db-01-data          ? GB   db-01-data_2",
    "  left out shared: A shared disk has no restore points.",
  ]);
});
