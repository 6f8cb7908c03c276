/** Which restore point is the newest good one of its VM: the one rule for its record, for retention and for repairs. */
import type { Protection } from "./protection.ts";

interface Succeeded {
  /** Somebody left out disks of it that no policy does. */
  readonly partial?: boolean | undefined;
}

interface Dated extends Succeeded {
  /** When its slot came up. */
  readonly at: string;
}

/** Without some of its disks a VM is not brought back as it was. */
export const isGood = ({ partial }: Succeeded): boolean => !partial;

/** Whether one that has succeeded takes the place of the newest good one that is known. */
export const isNewestGood = (
  { lastGoodPoint }: Pick<Protection, "lastGoodPoint">,
  point: Dated,
): boolean => isGood(point) && (lastGoodPoint === undefined || lastGoodPoint.at < point.at);

/** Of those that have succeeded. */
export const newestGoodOf = <T extends Dated>(points: readonly T[]): T | undefined =>
  points
    .filter(isGood)
    .toSorted((one, other) => (one.at < other.at ? -1 : 1))
    .at(-1);
