/** For how long a disk may be granted: the least of what was asked for and what is allowed. Pure. */
import type { Policy } from "../policy/policy.ts";
import type { Grant } from "./grant.ts";

/** 60 days: https://learn.microsoft.com/azure/virtual-machines/linux/disks-upload-vhd-to-managed-disk-cli */
const LONGEST_IN_AZURE_MS = 60 * 86_400_000;

export type Cap = Pick<Grant, "effectiveMs" | "cappedBy">;

interface Allowed {
  /** That the restore point was made for. */
  readonly policies: readonly Policy[];
  readonly partnerLongestMs: number | undefined;
}

/** Undefined: a policy does not allow grants. */
export function capOf(
  requestedMs: number,
  { policies, partnerLongestMs }: Allowed,
): Cap | undefined {
  if (policies.some(({ grants }) => !grants.allowed)) return undefined;
  const caps = [
    { by: "Azure", ms: LONGEST_IN_AZURE_MS },
    ...policies.map(({ grants }) => ({ by: "policy", ms: grants.longest }) as const),
    ...(partnerLongestMs === undefined ? [] : [{ by: "partner", ms: partnerLongestMs } as const]),
  ] as const;
  const least = caps.reduce((one, other) => (other.ms < one.ms ? other : one));
  return least.ms < requestedMs
    ? { effectiveMs: least.ms, cappedBy: least.by }
    : { effectiveMs: requestedMs };
}
