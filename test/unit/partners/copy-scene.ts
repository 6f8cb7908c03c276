/** A partner that administrators write, with its copy. */

import { copyPartner } from "../../../src/lib/partners/copy-partner.ts";
import { deletePartner } from "../../../src/lib/partners/delete-partner.ts";
import { type Partner, partnerKey } from "../../../src/lib/partners/partner.ts";
import { putPartner } from "../../../src/lib/partners/put-partner.ts";
import { restorePartners } from "../../../src/lib/partners/restore-partners.ts";
import type { PartnerDocument } from "../../../src/lib/partners/written-partner.ts";
import type { RecordCopies } from "../../../src/lib/state/record-copies.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { PARTNER_ID, partner } from "../../fixtures/partners.ts";

const now = new Date("2026-01-31T10:00:00.000Z");

/** What administrators, the message after a change and a rebuild do, each in a process of its own. */
export function acting(
  tables: Pick<ReturnType<typeof memoryTables>, "partners">,
  partnerCopies: RecordCopies<Partner>,
  { delayed = new RecordedDelays(), log = new RecordingLog() } = {},
) {
  const deps = { tables, partnerCopies, delayed, log };
  const by = "an-admin";
  const mayWrite = () => true;
  const { scope, verbs, grants, rateLimit, name, contact } = partner();
  return {
    put: (more: Partial<PartnerDocument> = {}) => {
      const usual = { name, contact, scope, verbs, grants, rateLimit };
      const document = { ...usual, state: "enabled" as const, ...more };
      return putPartner(deps, { id: PARTNER_ID, document, by, mayWrite }, now);
    },
    delete: () => deletePartner(deps, { id: PARTNER_ID, by, mayWrite }, now),
    copy: () => copyPartner(deps, PARTNER_ID),
    restore: () => restorePartners(deps),
  };
}

export function scene(...copied: readonly unknown[]) {
  const tables = memoryTables();
  const copies = new Map<string, unknown>(copied.map((copy) => [PARTNER_ID, copy]));
  const partnerCopies = memoryRecordCopies<Partner>(copies);
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  return {
    ...acting(tables, partnerCopies, { delayed, log }),
    ...{ tables, copies, partnerCopies, delayed, log },
    copied: () => copies.get(PARTNER_ID),
    stored: async () => (await tables.partners.get(partnerKey(PARTNER_ID)))?.record,
    lose: () => tables.partners.remove(partnerKey(PARTNER_ID)),
  };
}
