/** Creates or replaces a partner; one that was deleted comes back. */
import { afterPartnerChange } from "./after-partner-change.ts";
import { type ChangePartnerDeps, changePartner } from "./change-partner.ts";
import type { KnownPartner } from "./known-partner.ts";
import { notDeleted, type Partner } from "./partner.ts";
import type { PartnerDocument } from "./written-partner.ts";

export interface PutPartner {
  readonly id: string;
  readonly document: PartnerDocument;
  /** Who writes it. */
  readonly by: string;
  /** Whether the partner may be written as it is now; a deleted one is none. */
  readonly mayWrite: (current: Partner | undefined) => boolean;
}

export type PutPartnerOutcome =
  | { readonly kind: "created" | "replaced" | "unchanged"; readonly record: Partner }
  | { readonly kind: "preconditionFailed" };

export async function putPartner(
  deps: ChangePartnerDeps,
  asked: PutPartner,
  now: Date,
): Promise<PutPartnerOutcome> {
  let exists = false;
  const change = await changePartner<PutPartnerOutcome>(deps, asked.id, (known) => {
    const current = notDeleted(known.row);
    exists = current !== undefined;
    if (!asked.mayWrite(current)) return { kind: "leave", why: { kind: "preconditionFailed" } };
    if (current && isWritten(current, asked.document)) {
      return { kind: "leave", why: { kind: "unchanged", record: current } };
    }
    return { kind: "write", record: withDocument(known, asked, now) };
  });
  if (change.kind === "leave" && change.why.kind === "preconditionFailed") return change.why;
  await afterPartnerChange(deps, asked.id);
  if (change.kind === "leave") return change.why;
  return { kind: exists ? "replaced" : "created", record: change.record };
}

function isWritten(current: Partner, document: PartnerDocument): boolean {
  const { name, contact, state, scope, verbs, grants, rateLimit } = current;
  const written: PartnerDocument = { name, contact, state, scope, verbs, grants, rateLimit };
  return JSON.stringify(written) === JSON.stringify(document);
}

/** The next generation. When it was disabled, and by whom, stays as it was as long as it stays disabled. */
function withDocument(
  { row, nextGeneration }: KnownPartner,
  asked: PutPartner,
  now: Date,
): Partner {
  const { id, document, by } = asked;
  const current = notDeleted(row);
  const at = now.toISOString();
  const { disabledAt = at, disabledBy = by } = current?.state === "disabled" ? current : {};
  return {
    ...{ id, ...document },
    generation: nextGeneration,
    createdAt: current?.createdAt ?? at,
    updatedAt: at,
    ...(document.state === "disabled" ? { disabledAt, disabledBy } : {}),
  };
}
