/** What Azure would copy to another region. Pure. */
import { isBeingDeleted } from "./deletion.ts";
import type { Point } from "./restore-point.ts";
import type { Copy } from "./restore-point-copy.ts";

/** Whether Azure would copy it to the region: never one that is older than the newest copy there. */
export function isCopyable(point: Point, region: string, copies: readonly Copy[]): boolean {
  const there = copies.filter((copy) => copy.region === region && copy.vmId === point.vmId);
  return (
    point.state === "Succeeded" &&
    !isBeingDeleted(point) &&
    point.location !== region &&
    there.every((copy) => createdAt(copy) < createdAt(point))
  );
}

/** A slot may be overtaken: Azure goes by when the restore points were made, not by when their slots came up. */
export const createdAt = ({ timeCreated, at }: Point | Copy): number =>
  Date.parse(timeCreated ?? at);
