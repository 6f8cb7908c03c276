/** What to keep of a VM's restore points in their own region, with everything that holds one. */
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { RetentionDecision, RetentionInput } from "../retention/decide-retention.ts";
import type { Hold } from "../retention/retention-reason.ts";
import { awaitedIn, type CopyChoice, regionsOf } from "./choose-copies.ts";
import { claimsOn } from "./claims.ts";
import { grantHolds } from "./granted.ts";
import type { NearLimit, UpkeepInput } from "./upkeep.ts";

export function localRetention(input: UpkeepInput, choices: readonly CopyChoice[]): RetentionInput {
  const { points, others, limits, now } = input;
  const good = points
    .filter((point) => point.state === "Succeeded" && !isBeingDeleted(point))
    .map((point) => ({ ...point, movedTo: movedTo(point, input) }));
  const { claims, claimsOf } = claimsOn(input, good);
  const chainStart = chainStartOf(input, good);
  const counted = good.map((point) => ({
    name: point.name,
    at: new Date(point.at),
    claims: claimsOf(point),
    holds: holdsOn(point, input, choices, chainStart),
    partial: point.partial,
  }));
  const inAzure = points.filter(({ removedAt }) => removedAt === undefined).length;
  const capacity = {
    most: limits.pointsPerVm - limits.pointsLeftFree,
    others: others + inAzure - good.length,
  };
  return { points: counted, claims, now, capacity };
}

/** Whether the VM has more restore points than shall be, with those that nothing keeps left out. */
export function nearLimitOf(
  { points, capacity }: RetentionInput,
  decisions: readonly RetentionDecision[],
): NearLimit | undefined {
  const given = decisions.filter(
    ({ keep, reasons }) => !keep && reasons.every(({ kind }) => kind !== "nearLimit"),
  );
  const ours = points.length - given.length;
  if (capacity === undefined || ours + capacity.others <= capacity.most) return undefined;
  return { ours, ...capacity };
}

function holdsOn(
  point: Point,
  input: UpkeepInput,
  choices: readonly CopyChoice[],
  chainStart: Point | undefined,
): Hold[] {
  const { name, legalHold } = point;
  const { copies } = input;
  const holds = grantHolds(point, input);
  if (legalHold) holds.push({ kind: "legalHold", detail: legalHold.reason });
  if (chainStart?.name === name) holds.push({ kind: "chainStart" });
  const copying = copies.find((copy) => copy.point === name && copy.state === "Copying");
  if (copying) holds.push({ kind: "inUse", detail: `being copied to ${copying.region}` });
  const next = choices.filter((choice) => choice.point.name === name);
  const awaited = [...next.map(({ region }) => region), ...awaitedIn(point, copies)];
  for (const region of new Set(awaited)) holds.push({ kind: "copyPending", detail: region });
  return holds;
}

/** The region that it was asked for alone, once it is there. */
function movedTo({ name, location, onlyIn }: Point, { copies }: UpkeepInput): string | undefined {
  const isThere = (copy: Copy): boolean =>
    copy.point === name &&
    copy.region === onlyIn &&
    copy.state === "Succeeded" &&
    !isBeingDeleted(copy);
  return onlyIn !== location && copies.some(isThere) ? onlyIn : undefined;
}

/**
 * The oldest restore point of a chain that is copied: Azure makes the next one, and its copy, full again once it is gone.
 */
function chainStartOf(input: UpkeepInput, good: readonly Point[]): Point | undefined {
  const { protection, copies } = input;
  if (regionsOf(input).length === 0) return undefined;
  const chain = ({ vmId, state }: Copy) => vmId === protection.vmId && state !== "Failed";
  if (!copies.some(chain)) return undefined;
  return good
    .filter(({ vmId }) => vmId === protection.vmId)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0];
}
