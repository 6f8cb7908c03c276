/** The routes of partners, as a policy administrator asks them. */
import type { HttpMethod } from "@azure/functions";
import { deletePartner } from "../../../src/functions/delete-partner.ts";
import { putPartner } from "../../../src/functions/put-partner.ts";
import { getPartner, listPartners } from "../../../src/functions/read-partners.ts";
import type { Caller } from "../../../src/lib/api/caller.ts";
import {
  deletePartnerRoute,
  getPartnerRoute,
  listPartnersRoute,
  putPartnerRoute,
} from "../../../src/lib/api/routes/partners.ts";
import type { Partner } from "../../../src/lib/partners/partner.ts";
import { createPartnerStore } from "../../../src/lib/partners/partner-store.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";
import { PARTNER_ID, writtenPartner } from "../../fixtures/partners.ts";

export const admin: Caller = { id: "an-admin", kind: "person", roles: ["PolicyAdmin"] };
export const other: Caller = { ...admin, id: "another-admin" };

interface Asked {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly id?: string;
  readonly caller?: Caller;
}

export function scene() {
  let at = Date.parse("2026-01-31T10:00:00.000Z");
  const now = () => {
    at += 1000;
    return new Date(at);
  };
  const tables = memoryTables();
  const log = new RecordingLog();
  const services = {
    ...{ tables, now, delayed: new RecordedDelays(), partnerCopies: memoryRecordCopies<Partner>() },
    partners: createPartnerStore(tables),
  };
  const handlers = {
    GET: handled(getPartnerRoute, getPartner(services)),
    PUT: handled(putPartnerRoute, putPartner(services)),
    DELETE: handled(deletePartnerRoute, deletePartner(services)),
  };
  async function ask(
    method: HttpMethod & keyof typeof handlers,
    { id = PARTNER_ID, caller = admin, ...asked }: Asked = {},
  ) {
    const body = method === "PUT" ? { body: writtenPartner() } : {};
    const asking = request("p", { method, params: { id }, ...body, ...asked });
    return await handlers[method](asking, caller, log, silent);
  }
  const list = async (query = "") =>
    (
      await handled(listPartnersRoute, listPartners(services))(
        request(`partners${query}`),
        admin,
        log,
        silent,
      )
    ).jsonBody;
  return { ask, list, log, partners: services.partners };
}
