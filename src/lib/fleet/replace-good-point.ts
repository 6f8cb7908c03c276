import { allIn, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import { isBeingDeleted } from "./deletion.ts";
import { newestGoodOf } from "./newest-good.ts";
import { type Protection, protectionKey } from "./protection.ts";
import type { VmKey } from "./vm-key.ts";

/** A writer that loses this often is not racing, it is looping. */
const MOST_TRIES = 8;

/**
 * The VM's record names the newest good restore point, which may be among those that are `gone`: then it names the newest
 * of the others. They are listed after the record was read: what is made meanwhile changes the record, so that this is
 * decided again.
 */
export async function replaceGoodPoint(
  { protections, points }: Pick<Tables, "protections" | "points">,
  vm: VmKey,
  gone: ReadonlySet<string>,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await protections.get(protectionKey(vm));
    if (stored === undefined) return;
    const { lastGoodPoint, ...rest } = stored.record;
    if (lastGoodPoint === undefined || !gone.has(lastGoodPoint.name)) return;
    const newest = newestGoodOf(
      (await allIn(points, partition(vm))).filter(
        (point) => point.state === "Succeeded" && !isBeingDeleted(point) && !gone.has(point.name),
      ),
    );
    const next: Protection = newest
      ? { ...rest, lastGoodPoint: { name: newest.name, at: newest.at } }
      : rest;
    if ((await protections.replace(next, stored.etag)) !== "conflict") return;
  }
  throw new Error(`Lost the race for the protection of ${vm} ${MOST_TRIES} times.`);
}
