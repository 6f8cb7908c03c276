/** No slot ends without a restore point or a recorded reason, and none stays open when all is calm. */
import type { OpenSlot, Protection } from "../../../src/lib/fleet/protection.ts";
import type { FakeRestorePoint } from "../../fakes/fake-arm/fake-store.ts";
import type { Invariant } from "./invariant.ts";

const HOUR = 3_600_000;
/** An operation is given up after six hours; five attempts wait for two more. */
const LONGEST_OPEN = 9 * HOUR;

export function slotsAreServed(points: ReadonlyMap<string, FakeRestorePoint>): Invariant {
  const open = new Map<string, readonly OpenSlot[]>();
  return {
    name: "no slot without a restore point or a reason",
    observe: (effect) => {
      if (effect.kind !== "protection") return;
      const { row, vm, at } = effect;
      const before = open.get(vm) ?? [];
      open.set(vm, row.openSlots);
      for (const slot of before) {
        const what = becameOf(slot, row, points, at);
        if (what !== undefined) return `${slot.slot} ${what}`;
      }
      return undefined;
    },
    review: (vm, now, calm) => {
      const old = open.get(vm)?.find(({ at }) => now - Date.parse(at) > LONGEST_OPEN);
      return calm && old ? `${old.slot} is open since ${old.at}.` : undefined;
    },
  };
}

function becameOf(
  { slot }: OpenSlot,
  { status, openSlots, lastSlot, collectionId }: Protection,
  points: ReadonlyMap<string, FakeRestorePoint>,
  now: number,
): string | undefined {
  if (openSlots.some((each) => each.slot === slot || each.replaces?.includes(slot))) return;
  if (lastSlot?.slot !== slot) {
    const last = lastSlot?.slot ?? "nothing";
    return status === "Protected"
      ? `is no longer open, and ${last} is what was closed last.`
      : undefined;
  }
  if (lastSlot.state === "Failed") {
    return lastSlot.error?.code ? undefined : "is closed as Failed without a reason.";
  }
  const id = `${collectionId}/restorePoints/${lastSlot.point}`.toLowerCase();
  const point = points.get(id);
  const good = point !== undefined && !point.failure && point.endsAt <= now;
  return good ? undefined : `is closed as Succeeded, and Azure has no such restore point as ${id}.`;
}
