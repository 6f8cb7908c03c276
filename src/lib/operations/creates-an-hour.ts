/**
 * Azure takes so many restore points of a VM an hour, for each consistency on its own, whichever slots they are of
 * (https://learn.microsoft.com/azure/virtual-machines/virtual-machines-create-restore-points). An attempt that would be
 * one too many waits until the first of them is an hour ago.
 */
import type { OpenSlot, Protection, RecentCreate } from "../fleet/protection.ts";
import type { AzureLimits } from "../policy/azure-limits.ts";
import { HOUR, MINUTE } from "../policy/duration.ts";
import type { CreateOperation } from "./operation.ts";

/** More than clocks differ, and a request takes from its record to Azure. */
const MARGIN = 2 * MINUTE;

/** The protection after an attempt that Azure may have taken has ended: it remembers what counts yet. */
export function rememberCreate(
  { recentCreates = [] }: Protection,
  { submittedAt, request }: CreateOperation,
): Pick<Protection, "recentCreates"> {
  if (submittedAt === undefined) return { recentCreates };
  const consistency = request.consistencyMode ?? "ApplicationConsistent";
  const since = Date.parse(submittedAt) - HOUR - MARGIN;
  const counting = recentCreates.filter(({ at }) => Date.parse(at) > since);
  return { recentCreates: [...counting, { at: submittedAt, consistency }] };
}

/** Lets the first slot wait, if it would start sooner than Azure takes it. */
export function holdBack(
  protection: Protection,
  { createsPerHour }: Pick<AzureLimits, "createsPerHour">,
): Protection {
  const [first, ...others] = protection.openSlots;
  if (first === undefined || first.operation !== undefined) return protection;
  const oldest = sameConsistency(protection, first).at(-createsPerHour);
  if (oldest === undefined) return protection;
  const free = new Date(Date.parse(oldest.at) + HOUR + MARGIN).toISOString();
  if (free <= first.notBefore) return protection;
  return { ...protection, openSlots: [{ ...first, notBefore: free }, ...others] };
}

const sameConsistency = (
  { recentCreates = [] }: Protection,
  { consistency }: OpenSlot,
): RecentCreate[] =>
  recentCreates.filter(
    (create) => (create.consistency === "CrashConsistent") === (consistency === "CrashConsistent"),
  );
