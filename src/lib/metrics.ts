/**
 * The metrics of the app. Their names are what alert rules, dashboards and queries go by: `Name` in the table
 * `AppMetrics` of the workspace, `customMetrics.name` in Application Insights.
 */

export interface Metric {
  readonly name: string;
  /** A gauge is set by a timer, of which Azure runs one at a time however many instances there are: the newest value counts. */
  readonly kind: "histogram" | "gauge" | "counter";
  /** In the UCUM's terms, as OpenTelemetry wants it. */
  readonly unit: string;
  readonly attributes: readonly MeasuredAttribute[];
  readonly description: string;
}

/** Each of a few values only: every combination is a series of its own. */
type MeasuredAttribute = "kind" | "state" | "code" | "operation" | "queue";

export const metrics = {
  tagToProtected: {
    name: "restorepoints.tag_to_protected",
    kind: "histogram",
    unit: "s",
    attributes: [],
    description: "From the moment the app found a VM tagged to its first restore point.",
  },
  rpoBreaches: {
    name: "restorepoints.rpo_breaches",
    kind: "gauge",
    unit: "{vm}",
    attributes: [],
    description: "VMs that miss their RPO now; every 15 minutes.",
  },
  operations: {
    name: "restorepoints.operations",
    kind: "counter",
    unit: "{operation}",
    attributes: ["kind", "state", "code"],
    description: "Operations that have ended, with ARM's code if they failed.",
  },
  grantsActive: {
    name: "restorepoints.grants_active",
    kind: "gauge",
    unit: "{grant}",
    attributes: [],
    description: "Grants that still hold their disk; every minute.",
  },
  grantsLate: {
    name: "restorepoints.grants_late",
    kind: "gauge",
    unit: "{grant}",
    attributes: [],
    description: "Grants past their end whose access has not ended; every minute.",
  },
  armThrottled: {
    name: "restorepoints.arm_throttled",
    kind: "counter",
    unit: "{request}",
    attributes: ["operation"],
    description: "Requests that ARM answered with 429.",
  },
  copyLag: {
    name: "restorepoints.copy_lag",
    kind: "histogram",
    unit: "s",
    attributes: [],
    description: "From a restore point to its complete copy in another region.",
  },
  messagesPoisoned: {
    name: "restorepoints.messages_poisoned",
    kind: "counter",
    unit: "{message}",
    attributes: ["queue"],
    description: "Messages that failed as often as the host tries.",
  },
} as const satisfies Record<string, Metric>;

/** One value of one metric. */
export interface Measurement {
  readonly metric: Metric;
  readonly value: number;
  readonly attributes?: Readonly<Partial<Record<MeasuredAttribute, string>>>;
}
