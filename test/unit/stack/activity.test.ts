import { describe, expect, test } from "vitest";
import { classicEvent } from "../../../local/event-grid/classic-event.ts";
import {
  activityOfChange,
  activityOfDelivery,
  activityOfLine,
  activityOfNotification,
} from "../../../local/stack/activity.ts";
import { describeActivity, vmNameIn } from "../../../local/stack/describe-activity.ts";
import { type EventName, lineOf } from "../../../src/lib/telemetry.ts";
import { VM_ID, vmTagged } from "../event-grid/changes.ts";

const AT = "2026-01-15T18:38:04.611Z";
const VM = "00000000-0000-0000-0000-000000000001~rg-demo~web-01";

const hostLine = (message: string, category = "Function.PlanVm.User") =>
  `${AT} information ${category}: ${message}`;

describe("a line of the functions host", () => {
  test.each<[string, Record<string, string>]>([
    ["plain values", { vm: VM, point: "t1-a1" }],
    ["values with spaces, quotes and equals signs", { reason: 'no "such" = thing', code: "X" }],
    ["no values", {}],
  ])("with telemetry of %s is read back as it was written", (_case, fields) => {
    expect(activityOfLine(hostLine(lineOf("restorePointPlanned", fields)))).toEqual({
      at: AT,
      source: "functions",
      name: "restorePointPlanned",
      fields,
    });
  });

  test.each([
    hostLine("restorePointPlanned vm=x", "Function.PlanVm"),
    hostLine("Something else happened."),
    hostLine("constructor"),
    "Functions host ready at http://localhost:7071: Health",
    "",
  ])("without telemetry is passed over: %s", (line) => {
    expect(activityOfLine(line)).toBeUndefined();
  });
});

describe("what is shown of", () => {
  const shown = (message: string) => describeActivity({ ...parsed(message), at: AT });
  const parsed = (message: string) => {
    const activity = activityOfLine(hostLine(message));
    if (!activity) throw new Error(`Not telemetry: ${message}`);
    return activity;
  };

  test.each<[EventName, Record<string, string>, string | undefined]>([
    ["protectionChanged", { status: "Protected", tag: "hourly" }, 'Protected by tag "hourly".'],
    ["protectionChanged", { status: "Unprotected" }, "Unprotected."],
    [
      "restorePointPlanned",
      { point: "t1-a1", consistency: "CrashConsistent" },
      "Restore point t1-a1 planned, CrashConsistent.",
    ],
    [
      "restorePointFailed",
      { point: "t1-a1", code: "AllocationFailed", message: "No room." },
      "Restore point t1-a1 failed: AllocationFailed, No room.",
    ],
    ["vmThrottled", { retryAfterMs: "1500" }, "Azure throttles; again in 1.5 s."],
    ["eventIgnored", { reason: "Not a VM." }, undefined],
    ["messageDropped", { reason: "outOfDate" }, undefined],
  ])("%s %o", (name, fields, text) => {
    const line = shown(lineOf(name, { vm: VM, ...fields }));
    if (text === undefined) expect(line).toBeUndefined();
    else expect(line).toMatch(/^\d\d:\d\d:04\.611 {2}web-01 {4}/);
    expect(line?.slice(24)).toBe(text);
  });

  test("a change in Azure and the delivery of its event", () => {
    const delivery = {
      subscription: "vm-operations",
      event: classicEvent(vmTagged),
      attempt: 1,
      at: new Date(AT),
    };
    const lines = [
      activityOfChange(vmTagged),
      activityOfDelivery({ ...delivery, status: 202, outcome: "Delivered" }),
      activityOfDelivery({ ...delivery, status: undefined, outcome: "Retrying" }),
      activityOfDelivery({ ...delivery, status: 400, outcome: "Dropped" }),
    ].map((activity) => describeActivity(activity)?.slice(14));
    expect(lines).toEqual([
      "web-01    Tags written.",
      "web-01    Event delivered: ResourceWriteSuccess.",
      "web-01    Event ResourceWriteSuccess not taken (no answer); again soon.",
      "web-01    Event ResourceWriteSuccess given up (400).",
    ]);
  });

  test("what operators were told", () => {
    const told = {
      specversion: "1.0",
      id: "1",
      source: "/vm-restore-points",
      subject: VM_ID,
    } as const;
    const type = "VmRestorePoints.RestorePointCreated";
    const activity = activityOfNotification({ ...told, type }, new Date(AT));
    expect(describeActivity(activity)?.slice(14)).toBe(
      "web-01    Operators told: RestorePointCreated.",
    );
  });

  test("nothing of an event about something else than a VM", () => {
    const event = { ...classicEvent(vmTagged), subject: "/subscriptions/s/resourceGroups/rg-demo" };
    const rest = { subscription: "s", attempt: 1, at: new Date(AT), status: 202 };
    const activity = activityOfDelivery({ ...rest, event, outcome: "Delivered" });
    expect(describeActivity(activity)).toBeUndefined();
  });

  test.each([
    [{ resourceId: VM_ID.toUpperCase() }, "web-01"],
    [{ resourceId: `${VM_ID}/providers/Microsoft.Resources/tags/default` }, "web-01"],
    [{ vm: VM }, "web-01"],
    [{ operation: `${VM}~01JABCDEFGHJKMNPQRSTVWXYZ0` }, "web-01"],
    [{ vms: "3" }, ""],
  ])("the VM named by %o", (fields, name) => {
    expect(vmNameIn(fields)).toBe(name);
  });
});
