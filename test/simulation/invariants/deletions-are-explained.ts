/** Every deletion that Azure is asked for has an operation that says why. */
import type { Invariant } from "./invariant.ts";

export function deletionsAreExplained(): Invariant {
  const reasons = new Map<string, string>();
  return {
    name: "every deletion is explained",
    observe: (effect) => {
      if (effect.kind === "operation") {
        const row: { kind: string; target: string; reason?: string } = effect.row;
        if (row.kind !== "deleteRestorePoint") return;
        const id = row.target.toLowerCase();
        if (effect.row.endedAt === undefined) reasons.set(id, row.reason ?? "");
        else reasons.delete(id);
        return;
      }
      if (effect.kind !== "delete") return;
      return reasons.get(effect.id)?.trim()
        ? undefined
        : `Nothing says why ${effect.id} is deleted.`;
    },
  };
}
