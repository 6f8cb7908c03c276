/** What the lines of the log measure. One table, so that use cases tell what has happened and nothing else. */
import { type Measurement, type Metric, metrics } from "./metrics.ts";
import type { EventName, Fields } from "./telemetry.ts";

type Measure = (fields: Fields, functionName: string) => readonly Measurement[];

/** A line without a kind is about something that had no operation. */
const ended =
  (state: "Succeeded" | "Failed"): Measure =>
  ({ kind, code = "" }) => {
    if (kind === undefined) return [];
    const attributes = { kind: String(kind), state, code: String(code) };
    return [{ metric: metrics.operations, value: 1, attributes }];
  };

const seconds = (metric: Metric, ms: Fields[string]): Measurement[] =>
  typeof ms === "number" ? [{ metric, value: Math.max(0, ms) / 1000 }] : [];

const gauge = (metric: Metric, value: Fields[string]): Measurement[] =>
  typeof value === "number" ? [{ metric, value }] : [];

const poisoned: Measure = (_, functionName) => [
  {
    metric: metrics.messagesPoisoned,
    value: 1,
    attributes: { queue: functionName.replace(/^Poison/, "") },
  },
];

const MEASURES: Partial<Record<EventName, Measure>> = {
  restorePointSucceeded: (fields, name) => [
    ...ended("Succeeded")(fields, name),
    ...seconds(metrics.tagToProtected, fields["sinceTaggedMs"]),
  ],
  copySucceeded: (fields, name) => [
    ...ended("Succeeded")(fields, name),
    ...seconds(metrics.copyLag, fields["lagMs"]),
  ],
  deletionSucceeded: ended("Succeeded"),
  restoreChecked: ended("Succeeded"),
  restoreStepSucceeded: ended("Succeeded"),
  accessGranted: ended("Succeeded"),
  revocationSucceeded: ended("Succeeded"),
  restorePointFailed: ended("Failed"),
  copyFailed: ended("Failed"),
  deletionFailed: ended("Failed"),
  restoreStepFailed: ended("Failed"),
  accessFailed: ended("Failed"),
  revocationFailed: ended("Failed"),
  breachesCounted: ({ vms }) => gauge(metrics.rpoBreaches, vms),
  grantsSwept: ({ active, late }) => [
    ...gauge(metrics.grantsActive, active),
    ...gauge(metrics.grantsLate, late),
  ],
  messagePoisoned: poisoned,
  notificationGivenUp: poisoned,
};

/** `functionName`: the function that writes the line. */
export const measurementsOf = (
  event: EventName,
  fields: Fields,
  functionName: string,
): readonly Measurement[] => MEASURES[event]?.(fields, functionName) ?? [];
