/** The operations of a grant, derived from it: made again after a crash, they are the same. */
import type { GrantOperation, RevokeOperation } from "../operations/operation.ts";
import { planned } from "../operations/planned.ts";
import type { Grant } from "./grant.ts";

const HOUR = 3_600_000;
const ASKING_DEADLINE = HOUR;
/** Another one follows, and another, until it is true. */
const ENDING_DEADLINE = HOUR / 6;

const common = ({ vm, point, slot, region, diskRestorePointId }: Grant) => ({
  vm,
  target: diskRestorePointId,
  point,
  slot,
  ...(region === undefined ? {} : { region }),
});

/** Undefined: nothing is to be asked for. */
export function askingOf(grant: Grant, now: Date): GrantOperation | undefined {
  if (!grant.isAsking || (grant.state !== "Granting" && grant.state !== "Active")) return undefined;
  return {
    id: grant.operation,
    kind: "grantAccess",
    ...common(grant),
    request: { grant: grant.id },
    // Only what was there before the grant is cleared away.
    step: grant.state === "Granting" ? "clear" : "begin",
    ...planned(now, ASKING_DEADLINE),
  };
}

/** Undefined: the grant is not being revoked. */
export function endingOf(grant: Grant, now: Date): RevokeOperation | undefined {
  if (grant.state !== "Revoking" || grant.ending === undefined) return undefined;
  return {
    id: grant.ending.operation,
    kind: "revokeAccess",
    ...common(grant),
    request: { grant: grant.id },
    ...planned(now, ENDING_DEADLINE),
  };
}
