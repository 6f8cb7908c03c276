/** A fleet under seeded faults: VMs live, the app protects them, the invariants watch. */
import { queues } from "../../src/names.ts";
import { Agenda } from "./agenda.ts";
import { fleetPolicies } from "./fleet-policies.ts";
import { deletionsAreExplained } from "./invariants/deletions-are-explained.ts";
import type { Broken, Invariant } from "./invariants/invariant.ts";
import { neverBelowTheFloor } from "./invariants/never-below-the-floor.ts";
import { neverForeignOrHeld } from "./invariants/never-foreign-or-held.ts";
import { onePointASlot } from "./invariants/one-point-a-slot.ts";
import { scheduleGoesOn } from "./invariants/schedule-goes-on.ts";
import { slotsAreServed } from "./invariants/slots-are-served.ts";
import { tagsAreFollowed } from "./invariants/tags-are-followed.ts";
import { withinLimits } from "./invariants/within-limits.ts";
import { StormWeather } from "./storm-weather.ts";
import { VmLife } from "./vm-life.ts";
import { Watch } from "./watch.ts";
import { World } from "./world.ts";

export interface FleetOptions {
  readonly seed: number;
  readonly days: number;
  /** Numbers of the VMs: each is the same VM in every run of a seed. */
  readonly vms: readonly number[];
  /** Numbers of the faults that happen: from, and up to but not including. */
  readonly faults?: { readonly from: number; readonly to: number };
  /** Queues that lose messages. */
  readonly loses?: readonly string[];
  readonly log?: (at: number, line: string) => void;
  readonly onDay?: (day: number) => void;
}

export interface FleetResult {
  readonly vmDays: number;
  readonly invocations: number;
  readonly points: number;
  readonly deletions: number;
  readonly faults: number;
  /** The number that the next fault would have. */
  readonly numbers: number;
  readonly crashes: number;
  readonly broken: Broken | undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Afterwards nothing goes wrong for so long that everything must be in order again. */
const CALM = 12 * HOUR;
/** Azure keeps what is on a queue; should it lose a message all the same, the sweep finds these operations. */
const FOUND_AGAIN: readonly string[] = [queues.startOperation, queues.trackOperation];
const VMS_PER_SUBSCRIPTION = 200;
/** To parse every row that is read takes a tenth of a run, and shows no more than to parse some of each table. */
const PARSE_ONE_OF = 64;

const subscriptionOf = (vm: number): string => `sub-${Math.floor(vm / VMS_PER_SUBSCRIPTION) + 1}`;

export const numbersUpTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

export async function runFleet(options: FleetOptions): Promise<FleetResult> {
  const { seed, days, vms, faults, log, onDay } = options;
  const weather = new StormWeather({ seed, ...faults });
  const world = new World({
    weather,
    subscriptions: [...new Set(vms.map(subscriptionOf))],
    policies: fleetPolicies,
    parseOneOf: PARSE_ONE_OF,
  });
  const loses = world.timers.includes("ReconcileFleet");
  weather.loses = new Set(options.loses ?? FOUND_AGAIN);
  world.arm.fault = weather.request;
  if (log) world.log = weather.log = (line) => log(world.now, line);
  let points = 0;
  let deletions = 0;
  const count: Invariant = {
    name: "counted",
    observe: (effect) => {
      if (effect.kind === "create" && effect.made) points++;
      if (effect.kind === "delete" && effect.deleted) deletions++;
      return undefined;
    },
  };
  const lives = new Map<string, VmLife>();
  const watch = new Watch(world, [...invariantsIn(world), tagsAreFollowed(lives), count]);
  const agenda = new Agenda();
  const scene = { world, weather, agenda, loses };
  for (const number of vms) {
    const life = new VmLife(scene, `vm-${number}`, subscriptionOf(number));
    lives.set(life.vm, life);
  }
  const keys = [...lives.keys()];
  let lived = 0;
  while (lived < days && !watch.broken) {
    await live(world, agenda, watch, DAY);
    watch.review(keys, false);
    // A year of them does not fit into memory.
    world.arm.calls.length = 0;
    lived++;
    onDay?.(lived);
  }
  if (!watch.broken) {
    weather.isOver = true;
    await live(world, agenda, watch, CALM);
    watch.review(keys, true);
  }
  const { invocations, crashes } = world;
  const result = { vmDays: vms.length * lived, invocations, points, deletions, crashes };
  return { ...result, faults: weather.happened, numbers: weather.faults, broken: watch.broken };
}

const invariantsIn = (world: World): Invariant[] => [
  onePointASlot(),
  slotsAreServed(world.arm.restorePoints),
  scheduleGoesOn(),
  withinLimits(),
  neverForeignOrHeld(),
  deletionsAreExplained(),
  neverBelowTheFloor(fleetPolicies),
];

async function live(world: World, agenda: Agenda, watch: Watch, ms: number): Promise<void> {
  const until = world.now + ms;
  while (!watch.broken) {
    const next = agenda.take(until);
    await world.pass(Math.max(0, (next?.at ?? until) - world.now));
    if (next === undefined) return;
    await next.act();
  }
}
