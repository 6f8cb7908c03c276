/** The slots of a VM's schedule that are to come, as the plan will open them. */
import type { VmKey } from "../fleet/vm-key.ts";
import { scheduleSlot } from "../plan/slot.ts";
import type { Policy } from "../policy/policy.ts";
import { isSlotOf, nextSlotOf } from "../policy/schedule.ts";

export interface UpcomingSlot {
  readonly name: string;
  readonly at: Date;
  /** Names of the policies that have a slot in this minute. */
  readonly policies: readonly string[];
}

/** In order of time, after `after` and before `until`. */
export function* upcomingSlots(
  policies: readonly Policy[],
  vm: VmKey,
  after: Date,
  until: Date,
): Generator<UpcomingSlot> {
  let at = after;
  for (;;) {
    const from = at;
    const times = policies.map(({ schedule }) => nextSlotOf(schedule, vm, from).getTime());
    at = new Date(Math.min(...times));
    if (policies.length === 0 || at >= until) return;
    const slot = at;
    const serving = policies.filter(({ schedule }) => isSlotOf(schedule, vm, slot));
    yield { name: scheduleSlot(at), at, policies: serving.map(({ name }) => name) };
  }
}
