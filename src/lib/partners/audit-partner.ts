/** Who may read whose disks is on record as well. Written again after a crash, it is the same entry. */
import { appendAudit } from "../audit/append-audit.ts";
import type { Tables } from "../state/tables.ts";
import type { Partner } from "./partner.ts";

export interface AuditPartnerDeps {
  readonly tables: Pick<Tables, "audit">;
}

interface Writer {
  readonly id: string;
  readonly kind: "person" | "app";
}

export function auditPartner(
  { tables }: AuditPartnerDeps,
  { id, generation, updatedAt: at, state, verbs, deletedAt }: Partner,
  { id: writer, kind }: Writer,
  correlationId: string,
): Promise<void> {
  const what = deletedAt === undefined ? state : "deleted";
  return appendAudit(
    { tables },
    {
      ...{ id: `${id}!partnerChanged-${generation}`, at, action: "partnerChanged" },
      actor: { id: writer, kind },
      holder: id,
      code: what,
      message: `It is ${what}, with the verbs ${verbs.join(", ")}.`,
      correlationId,
    },
  );
}
