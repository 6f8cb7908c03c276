/**
 * Deletes a partner, which counts as disabled from then on. One whose row is lost is deleted as well: its copy would bring
 * it back.
 */
import { afterPartnerChange } from "./after-partner-change.ts";
import { type ChangePartnerDeps, changePartner } from "./change-partner.ts";
import { notDeleted, type Partner } from "./partner.ts";

export interface DeletePartner {
  readonly id: string;
  /** Who deletes it. */
  readonly by: string;
  /** Whether the partner may be deleted as it is now; a deleted one is none. */
  readonly mayWrite: (current: Partner | undefined) => boolean;
}

export interface DeletePartnerOutcome {
  readonly kind: "deleted" | "absent" | "preconditionFailed";
  /** What is left of it, deleted now or before. */
  readonly record?: Partner;
}

export async function deletePartner(
  deps: ChangePartnerDeps,
  { id, by, mayWrite }: DeletePartner,
  now: Date,
): Promise<DeletePartnerOutcome> {
  const change = await changePartner<DeletePartnerOutcome>(deps, id, (known) => {
    const { row, newerCopy, nextGeneration: generation } = known;
    const current = notDeleted(row);
    if (!mayWrite(current)) return { kind: "leave", why: { kind: "preconditionFailed" } };
    const lives = current ?? notDeleted(newerCopy);
    if (lives) return { kind: "write", record: deleted({ ...lives, generation }, by, now) };
    const record = newerCopy ?? row;
    return { kind: "leave", why: { kind: "absent", ...(record ? { record } : {}) } };
  });
  if (change.kind === "leave" && change.why.kind === "preconditionFailed") return change.why;
  await afterPartnerChange(deps, id);
  return change.kind === "leave" ? change.why : { kind: "deleted", record: change.record };
}

function deleted(partner: Partner, by: string, now: Date): Partner {
  const at = now.toISOString();
  const gone = { state: "disabled", updatedAt: at, deletedAt: at } as const;
  return { disabledAt: at, disabledBy: by, ...partner, ...gone };
}
