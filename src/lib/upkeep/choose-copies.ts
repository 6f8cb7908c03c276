/**
 * Which restore point is copied next to each region. Azure copies one at a time between two collections, in the order
 * in which they were made, and takes three an hour; so a restore point is copied only if the region's own retention
 * would keep its copy, or somebody asked for one; and one that is older than the newest copy, or than one that failed,
 * never.
 * https://learn.microsoft.com/azure/virtual-machines/virtual-machines-copy-restore-points-how-to
 */

import { createdAt, isCopyable } from "../fleet/copyable.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import { decideRetention } from "../retention/decide-retention.ts";
import { claimsOn, fits, policiesInForce } from "./claims.ts";
import { effectiveRules } from "./effective-rules.ts";
import type { ClaimsInput } from "./kept.ts";

const HOUR = 3_600_000;

export interface CopyChoice {
  readonly region: string;
  readonly point: Point;
  /** Not before this, since the last one was started a short while ago. */
  readonly notBefore: Date;
}

export interface CopiesInput extends ClaimsInput {
  readonly points: readonly Point[];
  readonly copies: readonly Copy[];
  readonly limits: AzureLimits;
  readonly now: Date;
}

/** At most one for each region. */
export function chooseCopies(input: CopiesInput): CopyChoice[] {
  const asked = input.points.flatMap(({ copyTo = [] }) => copyTo);
  const regions = [...new Set([...regionsOf(input), ...asked])];
  return regions.flatMap((region) => chooseCopy({ ...input, region }) ?? []);
}

/** Of the policies in force. */
export function regionsOf(input: ClaimsInput): string[] {
  const { location } = input.protection;
  const { region: _, ...everywhere } = input;
  const regions = policiesInForce(everywhere).flatMap((policy) =>
    effectiveRules(policy, location).copies.map((copy) => copy.region),
  );
  return [...new Set(regions)];
}

function chooseCopy(input: CopiesInput & { region: string }): CopyChoice | undefined {
  const { region, now } = input;
  const copies = input.copies.filter((copy) => copy.region === region);
  if (copies.some(({ state }) => state === "Copying")) return undefined;
  const point = candidatesFor(input, copies)[0];
  if (point === undefined) return undefined;
  const started = copies.map(({ requestedAt }) => Date.parse(requestedAt));
  const notBefore = Math.max(
    now.getTime(),
    ...started.map((at) => at + HOUR / input.limits.copiesPerHour),
  );
  return { region, point, notBefore: new Date(notBefore) };
}

/** Oldest first. */
function candidatesFor(
  input: CopiesInput & { region: string },
  copies: readonly Copy[],
): readonly Point[] {
  const { protection, points, region, now } = input;
  const asking = policiesInForce(input);
  const copyable = points.filter((point) => isCopyable(point, region, copies));
  const asked = copyable.filter(({ copyTo }) => copyTo?.includes(region));
  const eligible = copyable.filter(
    (point) =>
      point.vmId === protection.vmId &&
      point.keepUntil === undefined &&
      point.onlyIn === undefined &&
      asking.some((policy) => fits(point, policy, protection)),
  );
  const complete = copies.filter((copy) => copy.state === "Succeeded" && !isBeingDeleted(copy));
  const kept = [...complete.map(asKept), ...eligible.map(asKept)];
  const { claims, claimsOf } = claimsOn(input, kept);
  const counted = kept.map((one) => ({
    name: one.name,
    at: one.at,
    claims: claimsOf(one),
    holds: [],
  }));
  const wanted = decideRetention({ points: counted, claims, now })
    .filter(({ keep, reasons }) => keep && reasons.some(isTier))
    .map(({ name }) => name);
  return [...new Set([...eligible.filter(({ name }) => wanted.includes(name)), ...asked])].sort(
    (one, other) => createdAt(one) - createdAt(other),
  );
}

/** The regions that somebody asked for a copy in, and that are still to come. */
export const awaitedIn = (point: Point, copies: readonly Copy[]): string[] =>
  (point.copyTo ?? []).filter((region) => isCopyable(point, region, copies));

/** The newest is kept in any case, until a better one comes: not worth a copy by itself. */
const isTier = ({ kind }: { readonly kind: string }): boolean =>
  kind !== "floor" && kind !== "newestGood";

const asKept = (one: Point | Copy) => ({
  name: "name" in one ? one.name : one.point,
  at: new Date(one.at),
  vmId: one.vmId,
  policies: one.policies,
  consistencyRequested: one.consistencyRequested,
  keepUntil: one.keepUntil,
  partial: one.partial,
  requested: "requested" in one ? one.requested : undefined,
});
