/** Only restore points that the app made are deleted, and none on legal hold. */
import type { Effect, Invariant } from "./invariant.ts";

export function neverForeignOrHeld(): Invariant {
  const ours = new Set<string>();
  const held = new Set<string>();

  function deletionBroken({ id, deleted }: Effect & { kind: "delete" }): string | undefined {
    if (held.has(id)) return `${id} is on hold.`;
    // A deletion that is repeated after an answer was lost finds nothing.
    if (deleted === undefined || ours.delete(id)) return undefined;
    return `${id} was not made by the app.`;
  }

  return {
    name: "no foreign and no held restore point is deleted",
    observe: (effect) => {
      if ((effect.kind === "create" || effect.kind === "copy") && effect.made) ours.add(effect.id);
      if (effect.kind === "point") {
        const { legalHold, restorePointId } = effect.row;
        if (legalHold) held.add(restorePointId.toLowerCase());
        else if (held.size > 0) held.delete(restorePointId.toLowerCase());
      }
      return effect.kind === "delete" ? deletionBroken(effect) : undefined;
    },
  };
}
