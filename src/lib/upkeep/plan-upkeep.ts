/** Decides what becomes of one VM's restore points and copies. Pure: the same records and time give the same plan. */
import { type Deletion, isBeingDeleted } from "../fleet/deletion.ts";
import { newestGoodOf } from "../fleet/newest-good.ts";
import type { Point } from "../fleet/restore-point.ts";
import type { Copy } from "../fleet/restore-point-copy.ts";
import {
  decideRetention,
  type RetentionDecision,
  type RetentionInput,
} from "../retention/decide-retention.ts";
import { nextChangeAt } from "../retention/next-change.ts";
import { explainReason } from "../retention/retention-reason.ts";
import { chooseCopies } from "./choose-copies.ts";
import { claimsOn } from "./claims.ts";
import { endsGrants, grantHolds } from "./granted.ts";
import { localRetention, nearLimitOf } from "./local-retention.ts";
import type { PlannedDeletion, Upkeep, UpkeepInput } from "./upkeep.ts";

const HOUR = 3_600_000;
/** A failed attempt is cleared away when its slot is certain to have gone on. */
const FAILED_FOR = HOUR;
/** One that may have succeeded after all gets longer: the reconciliation adopts it if so. */
const UNKNOWN_FOR = 24 * HOUR;
/** The reason of a failure can be read for so long. */
const FORGOTTEN_AFTER = 7 * 24 * HOUR;

export function planUpkeep(input: UpkeepInput): Upkeep {
  const { points, copies, now } = input;
  const choices = chooseCopies(input);
  const local = localRetention(input, choices);
  const remote = remoteRetentions(input);
  const decisions = decideRetention(local);
  const deletions = [
    ...deletionsBy(input, decisions, points),
    ...remote.flatMap(({ region, retention }) =>
      deletionsBy(
        input,
        decideRetention(retention),
        copies.filter((copy) => copy.region === region),
        region,
      ),
    ),
    ...[...points, ...copies].filter((row) => isLeftOver(row, now)).map(leftOver),
  ];
  const nearLimit = nearLimitOf(local, decisions);
  const startNow = choices.filter(({ notBefore }) => notBefore <= now);
  return {
    deletions,
    copies: startNow,
    forgotten: [...points, ...copies].filter((row) => isForgotten(row, now)),
    ...(nearLimit ? { nearLimit } : {}),
    wakeAt: earliest(
      [
        nextChangeAt(local),
        ...remote.map(({ retention }) => nextChangeAt(retention)),
        ...choices.map(({ notBefore }) => notBefore),
        ...[...points, ...copies].flatMap(turningPoints),
      ],
      now,
    ),
  };
}

/** The retention of each region that has copies, also of those that no policy names any more. */
export function remoteRetentions(
  input: UpkeepInput,
): { region: string; retention: RetentionInput }[] {
  const regions = [...new Set(input.copies.map(({ region }) => region))];
  const local = input.points.filter((row) => row.state === "Succeeded" && !isBeingDeleted(row));
  const newest = newestGoodOf(local);
  const goodElsewhere = newest ? { goodElsewhere: new Date(newest.at) } : {};
  return regions.map((region) => {
    const good = input.copies.filter(
      (copy) => copy.region === region && copy.state === "Succeeded" && !isBeingDeleted(copy),
    );
    const { claims, claimsOf } = claimsOn({ ...input, region }, good);
    const points = good.map((copy) => ({
      name: copy.point,
      at: new Date(copy.at),
      claims: claimsOf(copy),
      holds: [
        ...(copy.legalHold ? [{ kind: "legalHold" as const, detail: copy.legalHold.reason }] : []),
        ...grantHolds(copy, input),
      ],
      partial: copy.partial,
    }));
    return { region, retention: { points, claims, now: input.now, ...goodElsewhere } };
  });
}

interface Row {
  readonly state: string;
  readonly endedAt?: string | undefined;
  readonly deletion?: Deletion | undefined;
  readonly removedAt?: string | undefined;
  readonly outcomeUnknown?: boolean | undefined;
}

/** A deletion that failed is repeated when its time has come. */
const mayBeDeleted = ({ deletion }: Row, now: Date): boolean =>
  deletion === undefined ||
  (deletion.retryAt !== undefined && Date.parse(deletion.retryAt) <= now.getTime());

function deletionsBy(
  input: UpkeepInput,
  decisions: readonly RetentionDecision[],
  rows: readonly (Point | Copy)[],
  region?: string,
): PlannedDeletion[] {
  const where = region === undefined ? {} : { region };
  return decisions
    .filter(({ keep }) => !keep)
    .flatMap(({ name, reasons }) => {
      const row = rows.find((each) => nameOf(each) === name);
      if (row === undefined || !mayBeDeleted(row, input.now)) return [];
      const reason = reasons.map(explainReason).join(" ");
      return [{ point: name, ...where, reason, endsGrants: endsGrants(row, input) }];
    });
}

const nameOf = (row: Point | Copy): string => ("name" in row ? row.name : row.point);

const clearedAt = ({ endedAt, outcomeUnknown }: Row): number =>
  Date.parse(endedAt ?? "") + (outcomeUnknown ? UNKNOWN_FOR : FAILED_FOR);

const isLeftOver = (row: Row, now: Date): boolean =>
  row.state === "Failed" &&
  row.removedAt === undefined &&
  clearedAt(row) <= now.getTime() &&
  mayBeDeleted(row, now);

const leftOver = (row: Point | Copy): PlannedDeletion => ({
  point: nameOf(row),
  ...("region" in row ? { region: row.region } : {}),
  reason: `It failed: ${row.error?.code ?? "for an unknown reason"}.`,
  endsGrants: false,
});

const isForgotten = ({ removedAt }: Row, now: Date): boolean =>
  removedAt !== undefined && Date.parse(removedAt) + FORGOTTEN_AFTER <= now.getTime();

function turningPoints(row: Row): Date[] {
  const times: number[] = [];
  if (row.removedAt !== undefined) times.push(Date.parse(row.removedAt) + FORGOTTEN_AFTER);
  else if (row.state === "Failed") times.push(clearedAt(row));
  if (row.deletion?.retryAt !== undefined) times.push(Date.parse(row.deletion.retryAt));
  return times.map((time) => new Date(time));
}

function earliest(times: readonly (Date | undefined)[], now: Date): Date | undefined {
  const ahead = times.flatMap((time) => (time && time > now ? [time.getTime()] : []));
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}
