/** The measured inputs: what each kind of work takes. */
import type { Spent } from "./spent.ts";

/** All of it happens to one VM, or to one restore point, unless it says otherwise. */
export type Work =
  /** From the tag to the first restore point, with its collection. */
  | "protectVm"
  /** From the slot to the restore point of a VM with one disk, when Azure takes three seconds. */
  | "createRestorePoint"
  /** What each data disk adds to it. */
  | "dataDisk"
  /** One more look at a restore point or a copy that takes longer. */
  | "lookAtCreate"
  | "lookAtCopy"
  | "deleteRestorePoint"
  /** To one region, when Azure takes ten seconds. */
  | "copyRestorePoint"
  /** An event that changes nothing. */
  | "event"
  /** From the request to its end, with one reading of its URL. */
  | "grant"
  /** Of a VM with one disk. */
  | "restoreDisks"
  | "restoreVm"
  /** A pass over one subscription, with the first page of each of its lists. */
  | "reconciliation"
  /** What each VM of the lists adds to it. */
  | "reconciledVm"
  /** What each collection adds whose turn it is, which is one pass of twenty-four. */
  | "readCollection"
  /** A hundred VMs searched for missed RPOs. */
  | "breachesPage";

export interface Inputs {
  readonly measuredBy: string;
  /** Of one minute at rest, all queues and timers in one host. */
  readonly host: { readonly polls: number; readonly hostLocks: number };
  /** One run of each timer with nothing to do. */
  readonly timers: Readonly<Record<string, Spent>>;
  readonly work: Readonly<Record<Work, Spent>>;
  /** Of a run of each function, on average. */
  readonly runMilliseconds: Readonly<Record<string, number>>;
}

/** What all runs of it take together. */
export const millisecondsOf = ({ runs }: Spent, { runMilliseconds }: Inputs): number =>
  Object.entries(runs).reduce(
    (sum, [name, count]) => sum + Math.max(0, count) * (runMilliseconds[name] ?? 0),
    0,
  );
