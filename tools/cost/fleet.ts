/** The fleet that is asked about. */
import type { Retention } from "./kept.ts";

export interface Fleet {
  readonly vms: number;
  /** Subscriptions that they are in, all in one region each. */
  readonly subscriptions: number;
  readonly disks: number;
  /** Other regions that each restore point is copied to. */
  readonly copies: number;
  /** Hours between two restore points of a VM. */
  readonly everyHours: number;
  readonly retention: Retention;
  /** How long Azure takes for a restore point, and for a copy. */
  readonly createSeconds: number;
  readonly copyMinutes: number;
  /** Changes of a VM in a day that an event tells of and that change nothing here. */
  readonly eventsPerVmDay: number;
  readonly grantsPerMonth: number;
  readonly restoresPerMonth: number;
  /** VMs that come in a month. */
  readonly newVmsPerMonth: number;
  /** Of each disk. */
  readonly usedGib: number;
  readonly changedGibPerDay: number;
  /** Memory of an instance of the Functions plan. */
  readonly instanceGb: number;
  /** Of a row in Log Analytics, on average. */
  readonly bytesPerLogRow: number;
}

export const MONTH_HOURS = 730;
export const MONTH_SECONDS = MONTH_HOURS * 3600;
const MONTH_DAYS = MONTH_HOURS / 24;

/** Restore points made in a month, without copies. */
export const restorePointsOf = ({ vms, everyHours }: Fleet): number =>
  (vms * MONTH_HOURS) / everyHours;

export const eventsOf = ({ vms, eventsPerVmDay }: Fleet): number =>
  vms * eventsPerVmDay * MONTH_DAYS;
