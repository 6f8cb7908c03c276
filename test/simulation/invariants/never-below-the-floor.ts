/** Of the good restore points of a VM, as many as the floor of their policy are always left. */
import type { Policy } from "../../../src/lib/policy/policy.ts";
import { type Effect, type Invariant, slotIn } from "./invariant.ts";

interface Good {
  readonly collection: string;
  readonly policies: readonly string[];
}

export function neverBelowTheFloor(policies: ReadonlyMap<string, Policy>): Invariant {
  /** Those that Azure has, by id; and how many, by collection, which is the VM's own. */
  const good = new Map<string, Good>();
  const left = new Map<string, number>();

  function made({ id, row }: { id: string; row: Extract<Effect, { kind: "point" }>["row"] }): void {
    if (row.state !== "Succeeded" || row.deletion || good.has(id)) return;
    const { collection } = slotIn(id);
    good.set(id, { collection, policies: row.policies });
    left.set(collection, (left.get(collection) ?? 0) + 1);
  }

  return {
    name: "never below the floor",
    observe: (effect) => {
      if (effect.kind === "point")
        made({ id: effect.row.restorePointId.toLowerCase(), row: effect.row });
      if (effect.kind !== "delete" || effect.deleted === undefined) return;
      const point = good.get(effect.id);
      if (point === undefined) return;
      good.delete(effect.id);
      const rest = (left.get(point.collection) ?? 0) - 1;
      left.set(point.collection, rest);
      const floors = point.policies.flatMap((name) => policies.get(name)?.retention.floor ?? []);
      const floor = Math.min(...floors);
      return floors.length > 0 && rest < floor
        ? `${effect.id} is deleted, and ${rest} good ones are left of at least ${floor}.`
        : undefined;
    },
  };
}
