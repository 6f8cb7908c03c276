/**
 * Expiry of a grant → its SAS is refused, on a local stack whose SAS never expire by themselves: whatever is refused,
 * the app has ended. First grants that end at least half a second apart, then as many that end at once.
 *
 *     node bench/grants.ts [--grants 200]
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Activity } from "../local/stack/activity.ts";
import { type Stack, startStack } from "../local/stack/start-stack.ts";
import { vmKeyOf } from "../local/stack/vm-address.ts";
import { legsOf, printLegs } from "./grants/end-legs.ts";
import { grantIn, type Held, holdGrant, requestGrant } from "./grants/hold-grant.ts";
import { allRefusedAt, refusedAt } from "./grants/watch-access.ts";
import { addVms, allProtected, roomyStack, tagVms } from "./many-vms.ts";
import { conclude, percentile, rounded } from "./report.ts";

const APART_MS = 500;
const BUDGET_FACTOR = 100;
const LONGEST_MS = 5 * 60_000;

const { values } = parseArgs({ options: { grants: { type: "string", default: "200" } } });
const names = Array.from({ length: Number(values.grants) }, (_, index) => `disk-${index}`);
const activities: Activity[] = [];
const options = roomyStack(BUDGET_FACTOR);
const stack = await startStack({
  ...options,
  arm: { ...options.arm, ignoreSasExpiry: true },
  onActivity: (activity) => {
    if (activity.name === "grantEnding") activities.push(activity);
  },
});
try {
  await addVms(stack, names);
  await tagVms(stack, names);
  await allProtected(stack, names.length, Date.now() + LONGEST_MS);
  console.log(
    `${names.length} VMs have a restore point. Grants of a minute, ${APART_MS} ms apart.\n`,
  );
  const { samples: apart, leastMs } = await oneByOne(stack);
  printLegs(`at least ${leastMs} ms apart, ms`, apart, stack.arm.settings.accessMs);
  const { samples: together, spreadMs } = await allAtOnce(stack);
  printLegs(`all within ${spreadMs} ms, ms`, together, stack.arm.settings.accessMs);
  report(apart, together);
} finally {
  await stack.close();
}

type Sample = ReturnType<typeof legsOf>;

/** The next one is asked for when the one before was answered: its time counts from a moment in between. */
async function oneByOne(running: Stack): Promise<{ samples: Sample[]; leastMs: number }> {
  const ending: ReturnType<typeof toItsEnd>[] = [];
  for (const name of names) {
    const point = await pointOf(running, name);
    ending.push(toItsEnd(running, await requestGrant(running, name, point)));
    await delay(APART_MS);
  }
  const ended = await Promise.all(ending);
  const times = ended.map(({ expiresAt }) => expiresAt);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return { samples: ended.map(({ sample }) => sample), leastMs: Math.min(...gaps) };
}

async function toItsEnd(running: Stack, id: string) {
  const held = await holdGrant(running, id);
  const at = await refusedAt(held);
  await grantIn(running, id, "Revoked");
  return { expiresAt: held.expiresAt, sample: legsOf(running, activities, held, at) };
}

/** As nearly as an API that takes whole minutes lets one. */
async function allAtOnce(running: Stack): Promise<{ samples: Sample[]; spreadMs: number }> {
  const points = await Promise.all(names.map((name) => pointOf(running, name)));
  const holding = names.map(async (name, index) =>
    holdGrant(running, await requestGrant(running, name, points[index] ?? "")),
  );
  const held = await Promise.all(holding);
  const ended = await allRefusedAt(running, held);
  await Promise.all(held.map(({ id }) => grantIn(running, id, "Revoked")));
  const times = held.map(({ expiresAt }) => expiresAt);
  return {
    samples: held.map((each: Held) => legsOf(running, activities, each, ended.get(each) ?? 0)),
    spreadMs: Math.max(...times) - Math.min(...times),
  };
}

async function pointOf({ api }: Stack, vm: string): Promise<string> {
  const response = await api(`/vms/${vmKeyOf(vm)}/restore-points`);
  const { value } = (await response.json()) as { value: { name: string; state: string }[] };
  const point = value.find(({ state }) => state === "Succeeded");
  if (point === undefined) throw new Error(`${vm} has no restore point.`);
  return point.name;
}

function report(apart: readonly Sample[], together: readonly Sample[]): void {
  const at = (samples: readonly Sample[], share: number) =>
    rounded(
      percentile(
        samples.map(({ total }) => total),
        share,
      ),
    );
  conclude({
    bench: "grants",
    figures: {
      grants: apart.length,
      early: [...apart, ...together].filter(({ total }) => total < 0).length,
      p50Ms: at(apart, 0.5),
      p99Ms: at(apart, 0.99),
      maxMs: at(apart, 1),
      ...{ atOnceP50Ms: at(together, 0.5), atOnceP99Ms: at(together, 0.99) },
      atOnceMaxMs: at(together, 1),
    },
    targets: [
      { figure: "early", atMost: 0 },
      { figure: "p99Ms", below: 2000 },
    ],
  });
}
