/** What a pass of the reconciliation over a subscription takes, and one in search of missed RPOs. */
import { type Spent, sumOf } from "../../tools/cost/spent.ts";
import { addVms, tagVms } from "../many-vms.ts";
import { type Measured, type Meter, withoutTimers } from "./meter.ts";
import { awayFromPasses, idleTimers, runTimer } from "./timers.ts";

interface Passes {
  /** With the first page of each of its lists. */
  readonly reconciliation: Spent;
  /** Each VM of the lists: its record is read. */
  readonly reconciledVm: Spent;
  /** Each collection whose turn it is, which is one pass of twenty-four. */
  readonly readCollection: Spent;
  /** Each hundred VMs. */
  readonly breachesPage: Spent;
}

/** So many that one of twenty-four collections has its turn. */
const VMS = 90;
const MINUTE_MS = 60_000;

/** On a stack of its own, whose fleet is one page of a list. */
export async function passes(meter: Meter): Promise<Passes> {
  const timers = await idleTimers(meter);
  const names = Array.from({ length: VMS }, (_, index) => `vm-${index}`);
  // They need not wait for Azure's budgets: what they take is measured elsewhere.
  meter.stack.arm.settings.throttlingFactor = 0;
  await addVms(meter.stack, names);
  await meter.measure(() => tagVms(meter.stack, names));
  await awayFromPasses(2 * MINUTE_MS);
  const measured = async (name: string) => {
    const all = await meter.measure(() => runTimer(meter.stack, name));
    return { ...all, spent: withoutTimers(all.spent, timers) };
  };
  // The first makes the tables that it needs.
  await measured("ReconcileFleet");
  const pass = await measured("ReconcileFleet");
  const breaches = await measured("FindBreaches");
  return { ...divided(pass), breachesPage: breaches.spent };
}

/** What is asked of which table says what it is for. */
function divided({ spent, tableRequests }: Measured) {
  const nothing = sumOf([[spent, 0]]);
  const collections = spent.getRestorePoint;
  const of = (...tables: string[]) =>
    tables.reduce((sum, table) => sum + (tableRequests[table] ?? 0), 0);
  const ofVms = of("protections");
  const ofCollections = of("points", "copies", "foreignpoints");
  return {
    reconciledVm: { ...nothing, tables: ofVms / VMS },
    readCollection: {
      ...nothing,
      tables: ofCollections / collections,
      ...{ armReads: 1, getRestorePoint: 1 },
    },
    reconciliation: {
      ...spent,
      tables: spent.tables - ofVms - ofCollections,
      armReads: spent.armReads - collections,
      getRestorePoint: 0,
    },
  };
}
