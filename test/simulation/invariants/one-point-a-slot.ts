/** No slot gets a second restore point that succeeds. */
import { type Invariant, slotIn } from "./invariant.ts";

/** Slots are remembered for one to two months: longer than anything is retried, short enough for a run of years. */
const MONTH = 30 * 24 * 3_600_000;

export function onePointASlot(): Invariant {
  let served = new Map<string, string>();
  let before = new Map<string, string>();
  let since = 0;
  return {
    name: "one succeeded restore point for each slot",
    observe: (effect) => {
      if (effect.kind !== "create" || effect.made === undefined || effect.made.failure) return;
      if (effect.at - since > MONTH) {
        [before, served] = [served, new Map()];
        since = effect.at;
      }
      const { collection, slot } = slotIn(effect.id);
      const key = `${collection} ${slot}`;
      const first = served.get(key) ?? before.get(key);
      served.set(key, effect.id);
      return first && `${effect.id} is a second restore point beside ${first}.`;
    },
  };
}
