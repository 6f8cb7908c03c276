/** What access that is granted to a restore point's disks means for its deletion. */
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import { locksOn } from "../grants/disk-locks.ts";
import type { Hold } from "../retention/retention-reason.ts";
import type { UpkeepInput } from "./upkeep.ts";

/** The access ends with the restore point only if every policy that it was made for says so. */
export function endsGrants(
  row: Point | Copy,
  { policies }: Pick<UpkeepInput, "policies">,
): boolean {
  const { active, retired } = policies;
  return (
    row.policies.length > 0 &&
    row.policies.every((name) => {
      const policy = active.get(name) ?? retired.get(name)?.policy;
      return policy?.grants.whenDeleted === "end";
    })
  );
}

/** Empty unless somebody may read one of its disks, and the deletion is to wait for that. */
export function grantHolds(
  row: Point | Copy,
  input: Pick<UpkeepInput, "locks" | "policies">,
): Hold[] {
  const locks =
    "region" in row ? locksOn(input, row.point, row.region) : locksOn(input, row.name, undefined);
  if (locks.length === 0 || endsGrants(row, input)) return [];
  // To whom, and until when, is not for everybody who may read the VM.
  return [{ kind: "grant" }];
}
