/** One readable line per thing that happens, for somebody who watches a stack. */
import type { Activity } from "./activity.ts";

type Fields = Activity["fields"];
type Describe = (fields: Fields) => string;

/** `12:34:56.789  web-01    Restore point t1-a1 succeeded.` Undefined for what nobody needs to see. */
export function describeActivity(activity: Activity): string | undefined {
  const text = explainActivity(activity);
  if (text === undefined) return undefined;
  const time = new Date(activity.at).toTimeString().slice(0, 8);
  const milliseconds = activity.at.slice(20, 23);
  return `${time}.${milliseconds}  ${vmNameIn(activity.fields).padEnd(9)} ${text}`;
}

/** What happened, without when and to which VM. */
export function explainActivity({ source, name, fields }: Activity): string | undefined {
  // Events about disks, resource groups and the like are of no use to anybody here.
  if (source === "eventGrid" && vmNameIn(fields) === "") return undefined;
  switch (source) {
    case "arm":
      return changes[name]?.(fields);
    case "eventGrid":
      return deliveries[name]?.(fields);
    case "functions":
      return telemetry[name]?.(fields);
    case "notifications":
      return `Operators told: ${shortType(name)}.`;
    default:
      throw new Error(`Not a source of activity: ${source satisfies never}`);
  }
}

/** The VM's name, from its ARM id, its key in the API, or the id of one of its operations. */
export function vmNameIn({ resourceId, vm, operation }: Fields): string {
  const fromId = /\/virtualMachines\/([^/]+)/i.exec(resourceId ?? "")?.[1];
  return (fromId ?? (vm ?? operation ?? "").split("~")[2] ?? "").toLowerCase();
}

const VM = "Microsoft.Compute/virtualMachines";

const changes: Readonly<Record<string, Describe>> = {
  [`${VM}/write`]: () => "VM written.",
  [`${VM}/delete`]: () => "VM deleted.",
  [`${VM}/start/action`]: () => "VM started.",
  [`${VM}/deallocate/action`]: () => "VM deallocated.",
  "Microsoft.Resources/tags/write": () => "Tags written.",
  restorePointReceived: (fields) => `${pointOf(fields)}: PUT received by Azure.`,
};

const shortType = (type = ""): string => type.split(".").at(-1) ?? "";

const deliveries: Readonly<Record<string, Describe>> = {
  Delivered: ({ type }) => `Event delivered: ${shortType(type)}.`,
  Retrying: ({ type, status }) => `Event ${shortType(type)} not taken (${status}); again soon.`,
  Dropped: ({ type, status }) => `Event ${shortType(type)} given up (${status}).`,
};

const pointOf = ({ point }: Fields): string => `Restore point ${point}`;

const telemetry: Readonly<Record<string, Describe>> = {
  protectionChanged: ({ status, tag }) => (tag ? `${status} by tag "${tag}".` : `${status}.`),
  tagMisconfigured: ({ tag, reason }) => `Tag "${tag}" cannot be read: ${reason}`,
  vmGone: () => "VM is gone, and was never protected.",
  vmThrottled: ({ retryAfterMs }) => `Azure throttles; again in ${seconds(retryAfterMs)} s.`,
  restorePointPlanned: (fields) => `${pointOf(fields)} planned, ${fields["consistency"]}.`,
  restorePointSubmitted: (fields) => `${pointOf(fields)} accepted by Azure.`,
  operationLooked: ({ look, seen }) => `Look ${look}: ${seen}.`,
  restorePointSucceeded: (fields) =>
    `${pointOf(fields)} succeeded, ${fields["consistencyMode"]}, disks: ${fields["disks"]}.`,
  restorePointFailed: (fields) =>
    `${pointOf(fields)} failed: ${fields["code"]}, ${fields["message"]}`,
  restoreRequested: (fields) => `${pointOf(fields)}: to be restored.`,
  restoreSucceeded: (fields) => `${pointOf(fields)}: restored.`,
  restoreFailed: (fields) => `${pointOf(fields)}: not restored: ${fields["code"]}.`,
  operationPostponed: ({ until = "" }) => `Postponed until ${until.slice(11, 19)} UTC.`,
  operationUnsettled: ({ code }) => `Azure's answer is unclear (${code}); looking later.`,
  operationOverdue: ({ state }) => `A look was overdue (${state}); looking now.`,
  messagePoisoned: () => "A message failed for good; its operation is marked.",
  slotsDue: ({ vms }) => `Schedule: VMs due now: ${vms}.`,
  callerRefused: ({ status, code }) => `API: caller refused, ${status} ${code}.`,
  requestFailed: ({ reason }) => `API: request failed, ${reason}.`,
};

const seconds = (milliseconds = "0"): string => (Number(milliseconds) / 1000).toFixed(1);
