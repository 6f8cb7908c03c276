/** Deletes a partner, which counts as disabled from then on. */
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
  const change = await changePartner<DeletePartnerOutcome>(deps, id, (row) => {
    const current = notDeleted(row);
    if (!mayWrite(current)) return { kind: "leave", why: { kind: "preconditionFailed" } };
    if (current === undefined) {
      return { kind: "leave", why: { kind: "absent", ...(row ? { record: row } : {}) } };
    }
    return { kind: "write", record: deleted(current, by, now.toISOString()) };
  });
  if (change.kind === "leave" && change.why.kind === "preconditionFailed") return change.why;
  await afterPartnerChange(deps, id);
  return change.kind === "leave" ? change.why : { kind: "deleted", record: change.record };
}

const deleted = (current: Partner, by: string, at: string): Partner => ({
  disabledAt: at,
  disabledBy: by,
  ...current,
  state: "disabled",
  generation: current.generation + 1,
  updatedAt: at,
  deletedAt: at,
});
