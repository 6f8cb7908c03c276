/** A protected VM always knows its next slot, and that slot comes up. */
import type { Protection } from "../../../src/lib/fleet/protection.ts";
import type { Invariant } from "./invariant.ts";

const HOUR = 3_600_000;
/** After an outage everything has been caught up with by then. */
const LATEST = 9 * HOUR;

export function scheduleGoesOn(): Invariant {
  const next = new Map<string, Pick<Protection, "nextSlotAt" | "openSlots">>();
  return {
    name: "the schedule of a protected VM goes on",
    observe: (effect) => {
      if (effect.kind !== "protection") return;
      const { row, vm } = effect;
      if (row.status === "Protected") {
        const { nextSlotAt, openSlots } = row;
        next.set(vm, { nextSlotAt, openSlots });
      } else next.delete(vm);
      return row.status === "Protected" && row.policies.length > 0 && row.nextSlotAt === undefined
        ? "It is protected, and has no next slot."
        : undefined;
    },
    review: (vm, now) => {
      const { nextSlotAt } = next.get(vm) ?? {};
      return nextSlotAt !== undefined && now - Date.parse(nextSlotAt) > LATEST
        ? `Its slot of ${nextSlotAt} never came up.`
        : undefined;
    },
  };
}
