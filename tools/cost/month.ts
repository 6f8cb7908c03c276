/** What a fleet takes in a month: how often each kind of work is done, times what it takes. Pure. */
import { eventsOf, type Fleet, MONTH_HOURS, restorePointsOf } from "./fleet.ts";
import type { Inputs, Work } from "./inputs.ts";
import { looksAt } from "./looks.ts";
import { type Spent, sumOf } from "./spent.ts";

const MONTH_MINUTES = MONTH_HOURS * 60;
/** Of the reconciliation, and of the search for missed RPOs. */
const PASSES = MONTH_MINUTES / 15;
/** A collection is read in one pass of so many. */
const TURNS = 24;
/** VMs on a page of Azure's lists; it does not say how many there are. */
const LIST_PAGE = 100;
const BREACHES_PAGE = 100;
/** What the measured creates and copies took. */
const MEASURED_CREATE_MS = 3000;
const MEASURED_COPY_MS = 10_000;
const LONGEST_COPY_WAIT_MS = 600_000;

const TIMER_MINUTES: Readonly<Record<string, number>> = {
  ...{ DueVms: 1, SweepOperations: 1, SweepGrants: 1, CleanUp: 5 },
};

/** How often each kind of work is done. */
export function timesOf(fleet: Fleet): Record<Work, number> {
  const { vms, subscriptions, disks, copies } = fleet;
  const made = restorePointsOf(fleet);
  const looks = looksAt(fleet.createSeconds * 1000) - looksAt(MEASURED_CREATE_MS);
  const copyLooks =
    looksAt(fleet.copyMinutes * 60_000, LONGEST_COPY_WAIT_MS) -
    looksAt(MEASURED_COPY_MS, LONGEST_COPY_WAIT_MS);
  const pages = Math.ceil(vms / subscriptions / LIST_PAGE) * subscriptions;
  return {
    protectVm: fleet.newVmsPerMonth,
    createRestorePoint: made,
    dataDisk: made * (disks - 1),
    lookAtCreate: made * Math.max(0, looks),
    copyRestorePoint: made * copies,
    lookAtCopy: made * copies * Math.max(0, copyLooks),
    // For each that is made another one goes, here and in every region.
    deleteRestorePoint: made * (1 + copies),
    event: eventsOf(fleet),
    grant: fleet.grantsPerMonth,
    restoreDisks: 0,
    restoreVm: fleet.restoresPerMonth,
    // What a page after the first costs is taken for the same as the first with all around it: a little too much.
    reconciliation: PASSES * pages,
    reconciledVm: PASSES * vms,
    readCollection: (PASSES / TURNS) * vms * (1 + copies),
    breachesPage: PASSES * Math.ceil(vms / BREACHES_PAGE),
  };
}

export function monthOf(fleet: Fleet, inputs: Inputs): Spent {
  const times = timesOf(fleet);
  const work = (Object.keys(times) as Work[]).map(
    (kind) => [inputs.work[kind], times[kind]] as const,
  );
  const timers = Object.entries(inputs.timers).map(
    ([name, run]) => [run, MONTH_MINUTES / (TIMER_MINUTES[name] ?? 1)] as const,
  );
  return sumOf([...work, ...timers]);
}

/** Requests of the host's own: polls of queues that are empty, and locks of timers. */
export const hostOf = ({ host }: Inputs) => ({
  polls: host.polls * MONTH_MINUTES,
  locks: host.hostLocks * MONTH_MINUTES,
});
