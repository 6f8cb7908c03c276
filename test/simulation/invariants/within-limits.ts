/**
 * What is sent stays within what Azure documents or shows in its answers: for each VM one creation at a time and three
 * an hour of each consistency; three copies an hour to each collection; for each subscription and region 120 creations in 3 minutes and 600 in 30, 350
 * deletions in 3 minutes and 1,000 in 30.
 */
import { type Effect, type Invariant, slotIn } from "./invariant.ts";
import { SlidingWindow } from "./sliding-window.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const THREE = 3;

const BUDGETS = {
  create: [
    { most: 120, ms: 3 * MINUTE },
    { most: 600, ms: 30 * MINUTE },
  ],
  delete: [
    { most: 350, ms: 3 * MINUTE },
    { most: 1000, ms: 30 * MINUTE },
  ],
} as const;

type Sent = Effect & { kind: "create" | "delete" };

export function withinLimits(): Invariant {
  const budgets = new Map<string, readonly SlidingWindow[]>();
  const anHour = new Map<string, SlidingWindow>();
  const creating = new Map<string, { id: string; endsAt: number }>();

  function isOneTooMany(key: string, at: number): boolean {
    const window = anHour.get(key) ?? new SlidingWindow(THREE, HOUR);
    anHour.set(key, window);
    return window.add(at);
  }

  /** Everything that is sent counts, also what is refused. */
  function budgetBroken({ kind, vm, at }: Sent): string | undefined {
    const key = `${kind} ${vm.slice(0, vm.indexOf("~"))}`;
    const windows =
      budgets.get(key) ?? BUDGETS[kind].map(({ most, ms }) => new SlidingWindow(most, ms));
    budgets.set(key, windows);
    const index = windows.map((window) => window.add(at)).indexOf(true);
    const { most = 0, ms = 0 } = BUDGETS[kind][index] ?? {};
    return index < 0
      ? undefined
      : `More than ${most} ${kind} requests in ${ms / MINUTE} minutes in its subscription.`;
  }

  function vmBroken({ vm, at, id, made, consistency }: Sent & { kind: "create" }) {
    const other = creating.get(vm);
    if (other && other.endsAt > at && other.id !== id) {
      return `${id} is asked for while ${other.id} is being created.`;
    }
    if (made === undefined) return undefined;
    creating.set(vm, { id, endsAt: made.endsAt });
    return isOneTooMany(`${vm} ${consistency}`, at)
      ? `${id} is more than the third ${consistency} one in an hour.`
      : undefined;
  }

  function copyBroken({ id, at, made }: Effect & { kind: "copy" }): string | undefined {
    if (made === undefined) return undefined;
    const { collection } = slotIn(id);
    return isOneTooMany(`copy ${collection}`, at)
      ? `${id} is more than the third copy to its collection in an hour.`
      : undefined;
  }

  return {
    name: "Azure's limits",
    observe: (effect) => {
      if (effect.kind === "create") return budgetBroken(effect) ?? vmBroken(effect);
      if (effect.kind === "copy") return copyBroken(effect);
      return effect.kind === "delete" ? budgetBroken(effect) : undefined;
    },
  };
}
