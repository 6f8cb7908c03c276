/** The command line of `npm run cost`, and the policies that it knows. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { durationSchema, HOUR } from "../../src/lib/policy/duration.ts";
import type { Fleet } from "./fleet.ts";

const retentionSchema = z.looseObject(
  Object.fromEntries(
    ["last", "hourly", "daily", "weekly", "monthly", "yearly"].map((tier) => [
      tier,
      z.number().optional(),
    ]),
  ),
);
const policySchema = z.looseObject({
  schedule: z.looseObject({ every: durationSchema }),
  consistency: z.string(),
  retention: retentionSchema,
});

/** Azure's documents: a few seconds for crash-consistent restore points, minutes for others. */
export const CREATE_SECONDS = { crash: 10, application: 180 };

/** Of the policies that are deployed with the app. Throws when there is none of that name. */
export function policyNamed(
  name: string,
): Pick<Fleet, "everyHours" | "retention" | "createSeconds"> {
  const file = new URL(`../../policies/${name}.json`, import.meta.url);
  const { schedule, consistency, retention } = policySchema.parse(
    JSON.parse(readFileSync(file, "utf8")),
  );
  return {
    everyHours: schedule.every / HOUR,
    retention,
    createSeconds:
      consistency === "CrashConsistent" ? CREATE_SECONDS.crash : CREATE_SECONDS.application,
  };
}

/** What docs/scale.md goes by where it says nothing else. */
export const usualFleet: Omit<Fleet, "vms" | "subscriptions"> = {
  ...policyNamed("hourly"),
  ...{ disks: 2, copies: 0, copyMinutes: 60 },
  ...{ eventsPerVmDay: 2, grantsPerMonth: 0, restoresPerMonth: 0, newVmsPerMonth: 0 },
  ...{ usedGib: 50, changedGibPerDay: 1 },
  ...{ instanceGb: 2, bytesPerLogRow: 800 },
};

/** Each changes one number of the fleet. */
const NUMBERS = {
  vms: "vms",
  subscriptions: "subscriptions",
  disks: "disks",
  copies: "copies",
  "every-hours": "everyHours",
  "create-seconds": "createSeconds",
  "copy-minutes": "copyMinutes",
  "events-per-vm-day": "eventsPerVmDay",
  grants: "grantsPerMonth",
  restores: "restoresPerMonth",
  "new-vms": "newVmsPerMonth",
  "used-gib": "usedGib",
  "changed-gib-per-day": "changedGibPerDay",
  "instance-gb": "instanceGb",
  "bytes-per-log-row": "bytesPerLogRow",
} as const satisfies Record<string, keyof Fleet>;

export interface Options {
  /** Without `subscriptions`: as many as are needed. */
  readonly fleet: Omit<Fleet, "subscriptions"> & { readonly subscriptions: number | undefined };
  readonly prices: string | undefined;
}

/** Throws with the name of what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const names = [...Object.keys(NUMBERS), "policy", "prices"];
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  });
  const given = Object.entries(NUMBERS).flatMap(([option, field]) => {
    const text = values[option];
    if (text === undefined) return [];
    const number = Number(text);
    if (!Number.isFinite(number) || number < 0)
      throw new Error(`--${option}: ${text} is no number.`);
    return [[field, number]];
  });
  const policy = values["policy"] === undefined ? {} : policyNamed(`${values["policy"]}`);
  const fleet = { vms: 1000, subscriptions: undefined, ...usualFleet, ...policy };
  const prices = values["prices"];
  return {
    fleet: { ...fleet, ...Object.fromEntries(given) },
    prices: prices === undefined ? undefined : `${prices}`,
  };
}
