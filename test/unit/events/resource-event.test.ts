import { describe, expect, test } from "vitest";
import { readEvent } from "../../../src/lib/events/resource-event.ts";
import { vmKey } from "../../fixtures/records.ts";
import { eventFiles, eventIn } from "./fixtures.ts";

const CHANGES: Readonly<Record<string, string>> = {
  "vm-write": "Microsoft.Compute/virtualMachines/write",
  "vm-delete": "Microsoft.Compute/virtualMachines/delete",
  "vm-start": "Microsoft.Compute/virtualMachines/start/action",
  "vm-deallocate": "Microsoft.Compute/virtualMachines/deallocate/action",
  "vm-tags-write": "Microsoft.Resources/tags/write",
  "notification-created-or-updated": "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated",
  "notification-deleted": "Microsoft.ResourceNotifications.Resources.Deleted",
};
/** What the VM's own model does not show. */
const HAPPENED: Readonly<Record<string, object>> = {
  "vm-start": { kind: "started", at: expect.stringMatching(/Z$/) },
  "vm-deallocate": { kind: "deallocated", at: expect.stringMatching(/Z$/) },
};
const IGNORED = ["availability-status-changed", "subscription-validation"];
const nameOf = (file: string) => file.replace(/\..*/, "");

test("each kind of change is there in both schemas", () => {
  const both = Object.keys(CHANGES).flatMap((name) => [
    `${name}.cloudevent.json`,
    `${name}.eventgrid.json`,
  ]);
  expect(eventFiles.filter((file) => !IGNORED.includes(nameOf(file))).sort()).toEqual(both.sort());
});

describe("an event as Azure sends it", () => {
  test.each(eventFiles.filter((file) => nameOf(file) in CHANGES))(
    "%s says that the VM may have changed",
    (file) => {
      const event = eventIn(file);
      expect(readEvent(event)).toEqual({
        kind: "vmChanged",
        vm: vmKey(),
        eventId: event["id"],
        what: CHANGES[nameOf(file)],
        ...(nameOf(file) in HAPPENED ? { happened: HAPPENED[nameOf(file)] } : {}),
      });
    },
  );

  test.each(eventFiles.filter((file) => IGNORED.includes(nameOf(file))))(
    "%s is none of ours",
    (file) => {
      const event = eventIn(file);
      expect(readEvent(event)).toEqual({
        kind: "ignored",
        eventId: event["id"],
        reason: "It is not an event about a resource.",
      });
    },
  );
});

describe("the VM is found", () => {
  const base = eventIn("vm-write.eventgrid.json");
  const uri = String(base.data["resourceUri"]);
  const about = (resourceUri: unknown, more: object = {}) => ({
    ...base,
    data: { ...base.data, resourceUri },
    ...more,
  });

  test.each([
    ["in another casing", about(uri.replace("resourceGroups", "resourcegroups").toUpperCase())],
    [
      "below which the tags were written",
      about(`${uri}/providers/Microsoft.Resources/tags/default`),
    ],
    ["in the subject alone", about(undefined, { subject: uri })],
    ["in the subject, when the data is odd", about(7, { subject: uri })],
  ])("%s", (_how, event) => {
    expect(readEvent(event)).toMatchObject({ kind: "vmChanged", vm: vmKey() });
  });

  test("in the subject of a notification without a resource", () => {
    const event = { ...eventIn("notification-deleted.cloudevent.json"), data: {} };
    expect(readEvent(event)).toMatchObject({ kind: "vmChanged", vm: vmKey() });
  });

  test.each([
    ["an extension of the VM", `${uri}/extensions/agent`],
    ["a disk", uri.replace("virtualMachines", "disks")],
    [
      "our own restore point",
      uri.replace("virtualMachines/web-01", "restorePointCollections/r/restorePoints/p"),
    ],
    ["a resource group", uri.split("/providers/")[0]],
    ["a VM with a name that no VM has", `${uri}~x`],
  ])("not in an event about %s", (_what, resourceUri) => {
    expect(readEvent(about(resourceUri))).toMatchObject({
      kind: "ignored",
      reason: "It is not about a virtual machine.",
    });
  });

  test.each([
    "Microsoft.Resources.ResourceWriteFailure",
    "Microsoft.Resources.ResourceWriteCancel",
    "Microsoft.Resources.ResourceDeleteFailure",
    "Microsoft.Resources.ResourceActionCancel",
    "Microsoft.Storage.BlobCreated",
    "",
  ])("not in an event of type %j", (eventType) => {
    expect(readEvent({ ...base, eventType })).toMatchObject({
      kind: "ignored",
      eventId: base["id"],
      reason: "It is not an event about a resource.",
    });
  });
});

describe("what is no event is ignored, never thrown at", () => {
  const { data: _, ...withoutData } = eventIn("vm-write.cloudevent.json");
  const { id: __, ...withoutId } = eventIn("vm-write.cloudevent.json");
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Microsoft.Resources.ResourceWriteSuccess"],
    ["a number", 7],
    ["a list of events", [eventIn("vm-write.cloudevent.json")]],
    ["an empty object", {}],
    ["an event without data", withoutData],
    ["an event whose data is a text", { ...withoutData, data: "{}" }],
    ["an event without an id", withoutId],
    ["an event whose type is a number", { ...withoutData, data: {}, type: 7 }],
  ])("%s", (_what, event) => {
    expect(readEvent(event)).toEqual({
      kind: "ignored",
      eventId: undefined,
      reason: "It is not an Event Grid event.",
    });
  });
});
