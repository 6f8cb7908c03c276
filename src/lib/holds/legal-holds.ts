/**
 * Legal holds beside the tables, one blob each: a loss of the tables never frees what is on hold. The rows of a restore
 * point and its copies are what is gone by, so a hold is in its blob before it is on a row, and off the rows before its
 * blob goes.
 */
import type { LegalHold } from "../fleet/restore-point.ts";
import type { VmKey } from "../fleet/vm-key.ts";

export interface LegalHolds {
  put(vm: VmKey, point: string, hold: LegalHold): Promise<void>;
  /** Undefined: there is none. One that cannot be read is a hold all the same. */
  get(vm: VmKey, point: string): Promise<LegalHold | undefined>;
  /** Removing what is not there is a success. */
  remove(vm: VmKey, point: string): Promise<void>;
}
