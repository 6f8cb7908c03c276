import { expect, test } from "vitest";
import { classicEvent } from "../../../local/event-grid/classic-event.ts";
import { type EventFilter, passes } from "../../../local/event-grid/filter.ts";
import { resourceNotification } from "../../../local/event-grid/resource-notification.ts";
import { VM_ID, vmCreated, vmTagged } from "./changes.ts";

const classic = classicEvent(vmTagged);
const notification = resourceNotification(vmCreated);

const operations = (...values: string[]): EventFilter => ({
  advancedFilters: [{ operatorType: "StringIn", key: "data.operationName", values }],
});
const advanced = (operatorType: "StringContains" | "StringBeginsWith" | "StringEndsWith") => ({
  advancedFilters: [{ operatorType, key: "subject", values: ["virtualmachines"] }],
});

test.each<[string, EventFilter | undefined, boolean]>([
  ["no filter", undefined, true],
  ["its event type", { includedEventTypes: ["microsoft.resources.resourcewritesuccess"] }, true],
  [
    "other event types",
    { includedEventTypes: ["Microsoft.Resources.ResourceDeleteSuccess"] },
    false,
  ],
  ["its subject's beginning", { subjectBeginsWith: VM_ID.slice(0, 60).toUpperCase() }, true],
  ["another beginning", { subjectBeginsWith: "/subscriptions/other" }, false],
  ["its subject's end", { subjectEndsWith: "/WEB-01" }, true],
  ["another end", { subjectEndsWith: "/db-01" }, false],
  ["its operation", operations("other", "microsoft.resources/TAGS/write"), true],
  ["other operations", operations("Microsoft.Compute/virtualMachines/write"), false],
  ["no operation at all", operations(), false],
  ["a part of its subject", advanced("StringContains"), true],
  ["a part, asked for at the beginning", advanced("StringBeginsWith"), false],
  ["a part, asked for at the end", advanced("StringEndsWith"), false],
  [
    "a key the event does not have",
    { advancedFilters: [{ operatorType: "StringIn", key: "data.operationName.x", values: [""] }] },
    false,
  ],
  [
    "two conditions of which one fails",
    { ...operations("Microsoft.Resources/tags/write"), subjectEndsWith: "/db-01" },
    false,
  ],
])("a subscription for %s", (_case, filter, expected) => {
  expect(passes(classic, filter)).toBe(expected);
});

test.each([
  ["Microsoft.Compute/virtualMachines", true],
  ["Microsoft.Compute/disks", false],
])("a subscription of notifications about %s", (type, expected) => {
  if (!notification) throw new Error("There is no notification.");
  const filter: EventFilter = {
    advancedFilters: [{ operatorType: "StringIn", key: "data.resourceInfo.type", values: [type] }],
  };
  expect(passes(notification, filter)).toBe(expected);
});

test.each<[string, EventFilter, boolean]>([
  ["a beginning in other letters", { subjectBeginsWith: VM_ID.toUpperCase() }, false],
  ["its own beginning", { subjectBeginsWith: VM_ID.slice(0, 60) }, true],
  ["an end in other letters", { subjectEndsWith: "/WEB-01" }, false],
])("a subscription that minds the subject's casing, for %s", (_case, filter, expected) => {
  expect(passes(classic, { ...filter, isSubjectCaseSensitive: true })).toBe(expected);
});

const keyed = (key: string, value: string): EventFilter => ({
  advancedFilters: [{ operatorType: "StringIn", key, values: [value] }],
});
const type = "Microsoft.Resources.ResourceWriteSuccess";

test.each([
  ["Subject", VM_ID, true, true],
  ["Data.authorization.action", "Microsoft.Resources/tags/write", true, true],
  ["EventType", type, true, false],
  ["type", type, false, true],
  ["specversion", "1.0", false, true],
  ["dataVersion", "2", true, false],
  ["data.Authorization.action", "Microsoft.Resources/tags/write", false, false],
])("the key %s means what the subscription's schema has there", (key, value, own, cloud) => {
  expect(passes(classic, keyed(key, value), "EventGridSchema")).toBe(own);
  expect(passes(classic, keyed(key, value), "CloudEventSchemaV1_0")).toBe(cloud);
});
