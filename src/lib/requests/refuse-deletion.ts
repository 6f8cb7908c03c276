/**
 * Whether a person may delete a restore point, or its copy in a region. What policies would keep for its own sake, by
 * tier or number, is no reason against; what nothing may delete is.
 */
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import { locksOn } from "../grants/disk-locks.ts";
import { decideRetention, type RetentionInput } from "../retention/decide-retention.ts";
import { explainReason, type Hold, type RetentionReason } from "../retention/retention-reason.ts";
import { chooseCopies } from "../upkeep/choose-copies.ts";
import { localRetention } from "../upkeep/local-retention.ts";
import { remoteRetentions } from "../upkeep/plan-upkeep.ts";
import type { UpkeepInput } from "../upkeep/upkeep.ts";

export interface DeletionRefusal {
  readonly code: string;
  /** Sentences. */
  readonly message: string;
  /** When access that is granted ends, as far as is known. */
  readonly freeAt?: string;
}

export interface DeletionVerdict {
  readonly refusal?: DeletionRefusal;
  /** What the deletion costs, in sentences. */
  readonly caveat?: string;
}

export function mayDelete(input: UpkeepInput, row: Point | Copy): DeletionVerdict {
  if (row.state === "Failed") return {};
  if (row.state !== "Succeeded") {
    const message = "It is still being made; it can be deleted when that has ended.";
    return { refusal: { code: "StillBeingMade", message } };
  }
  const name = "region" in row ? row.point : row.name;
  const reasons =
    decideRetention(retentionOf(input, row)).find((each) => each.name === name)?.reasons ?? [];
  const refusing = reasons.flatMap((reason) => {
    const code = codeOf(reason);
    return code === undefined ? [] : [{ code, message: explainReason(reason) }];
  });
  const [first] = refusing;
  if (first) {
    const message = [...new Set(refusing.map((each) => each.message))].join(" ");
    return { refusal: { code: first.code, message, ...freeAt(input, row, first.code) } };
  }
  const costs = reasons.filter(({ kind }) => kind === "hold").map(explainReason);
  return costs.length === 0 ? {} : { caveat: costs.join(" ") };
}

function retentionOf(input: UpkeepInput, row: Point | Copy): RetentionInput {
  if (!("region" in row)) return localRetention(input, chooseCopies(input));
  const of = remoteRetentions(input).find(({ region }) => region === row.region);
  return of?.retention ?? { points: [], claims: [], now: input.now };
}

const HOLDS: Readonly<Record<Hold["kind"], string | undefined>> = {
  legalHold: "LegalHold",
  grant: "AccessGranted",
  inUse: "BeingCopied",
  copyPending: "CopyPending",
  /** Costs a full restore point, and nothing else. */
  chainStart: undefined,
};

function codeOf(reason: RetentionReason): string | undefined {
  if (reason.kind === "hold") return HOLDS[reason.hold.kind];
  if (reason.kind === "newestGood") return "NewestGood";
  return reason.kind === "floor" ? "PolicyFloor" : undefined;
}

function freeAt(input: UpkeepInput, row: Point | Copy, code: string): { freeAt?: string } {
  if (code !== HOLDS.grant) return {};
  const [name, region] = "region" in row ? [row.point, row.region] : [row.name, undefined];
  const latest = locksOn(input, name, region)
    .map(({ until }) => until)
    .sort()
    .at(-1);
  return latest === undefined ? {} : { freeAt: latest };
}
