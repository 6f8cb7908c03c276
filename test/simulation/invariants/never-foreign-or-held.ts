/**
 * Only restore points that the app made are deleted, and none on legal hold. What is left of an attempt that failed
 * holds nothing to keep: it may go though its slot is on hold, if Azure calls it failed as well.
 */
import type { Effect, Invariant } from "./invariant.ts";

export function neverForeignOrHeld(): Invariant {
  const ours = new Set<string>();
  /** What is on hold, and whether its row says that it failed. */
  const held = new Map<string, boolean>();

  function deletionBroken({ id, deleted }: Effect & { kind: "delete" }): string | undefined {
    const failed = held.get(id);
    const isRemains = failed === true && (deleted === undefined || deleted.failure !== undefined);
    if (failed !== undefined && !isRemains) return `${id} is on hold.`;
    // A deletion that is repeated after an answer was lost finds nothing.
    if (deleted === undefined || ours.delete(id)) return undefined;
    return `${id} was not made by the app.`;
  }

  return {
    name: "no foreign and no held restore point is deleted",
    observe: (effect) => {
      if ((effect.kind === "create" || effect.kind === "copy") && effect.made) ours.add(effect.id);
      if (effect.kind === "point") {
        const { legalHold, restorePointId, state } = effect.row;
        if (legalHold) held.set(restorePointId.toLowerCase(), state === "Failed");
        else if (held.size > 0) held.delete(restorePointId.toLowerCase());
      }
      return effect.kind === "delete" ? deletionBroken(effect) : undefined;
    },
  };
}
