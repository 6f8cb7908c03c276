/** Inputs that one can reckon with in one's head. */
import type { Inputs, Work } from "../../../tools/cost/inputs.ts";
import { quantities, type Spent } from "../../../tools/cost/spent.ts";

export const nothing: Spent = {
  ...(Object.fromEntries(quantities.map((quantity) => [quantity, 0])) as Omit<Spent, "runs">),
  runs: {},
};

const WORK: readonly Work[] = [
  ...(["protectVm", "createRestorePoint", "dataDisk", "lookAtCreate", "lookAtCopy"] as const),
  ...(["deleteRestorePoint", "copyRestorePoint", "event", "grant", "restoreDisks"] as const),
  ...(["restoreVm", "reconciliation", "reconciledVm", "readCollection", "breachesPage"] as const),
];

/** Everything takes nothing, but for `work`. */
export const inputsOf = (work: Partial<Record<Work, Partial<Spent>>>): Inputs => ({
  measuredBy: "nobody",
  host: { polls: 0, hostLocks: 0 },
  timers: {},
  work: Object.fromEntries(
    WORK.map((kind) => [kind, { ...nothing, ...work[kind] }]),
  ) as Inputs["work"],
  runMilliseconds: {},
});
