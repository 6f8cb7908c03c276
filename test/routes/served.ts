/** The app on tables in memory with a VM and all that can be asked about it, as its routes meet it. */
import type { HttpHandler, HttpRequest, HttpResponseInit } from "@azure/functions";
import { ApiError } from "../../src/lib/api/api-error.ts";
import type { Principal } from "../../src/lib/api/principal.ts";
import { grantIdOf } from "../../src/lib/grants/grant-id.ts";
import { Sas } from "../../src/lib/grants/sas.ts";
import type { Partner } from "../../src/lib/partners/partner.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import type { Services } from "../../src/services.ts";
import { FakeArm } from "../fakes/fake-arm.ts";
import { type Asked, invocation, request } from "../fakes/invocation.ts";
import { memoryLegalHolds } from "../fakes/memory-legal-holds.ts";
import { memoryRecordCopies } from "../fakes/memory-record-copies.ts";
import { memoryTables } from "../fakes/memory-tables.ts";
import { RecordedDelays } from "../fakes/recorded-delays.ts";
import { registrations } from "../fakes/registered-app.ts";
import { grant } from "../fixtures/grants.ts";
import { PARTNER_ID, partner } from "../fixtures/partners.ts";
import { copyOf, HOUR, point } from "../fixtures/points.ts";
import {
  COLLECTION_ID,
  diskId,
  operation,
  operationId,
  protection,
  SUBSCRIPTION,
  virtualMachine,
  vmKey,
} from "../fixtures/records.ts";
import { addRestorable, restore } from "../fixtures/restores.ts";

export interface Asking {
  /** Nobody: the request has no valid token. */
  readonly principal: Principal | undefined;
  /** What is on record about it. */
  readonly record?: Partner;
}

/** Of the grant that the path names, and of one on the restore point before. */
const [GRANT, BEFORE] = ["01".padEnd(26, "0"), "02".padEnd(26, "0")] as const;
export const POINT = "s1-a1";
export const HELD = "s1-a2";
const hold = { reason: "A lawsuit.", by: "alice", since: "2026-03-01T00:00:00.000Z" };
const changed = { start: 0, count: 512, kind: "changed" } as const;
export const writtenPolicy = {
  ...{ description: "Ours.", consistency: "CrashConsistent" },
  ...{ schedule: { every: "PT1H" }, retention: { last: 24 } },
};
const hourly = {
  ...{ name: "hourly", document: { name: "hourly", ...writtenPolicy }, state: "Active" as const },
  ...{ generation: 1, copiedGeneration: 1 },
  ...{ createdAt: hold.since, updatedAt: hold.since },
};
const osDisk = {
  name: "web-01-os",
  diskId: diskId("web-01-os"),
  diskRestorePointId: `${COLLECTION_ID}/restorePoints/s1-a1/diskRestorePoints/web-01-os_0`,
};

/** What paths and queries name, of things that are there. */
export const idsOf = ({ principal, record }: Asking) => {
  const holder = record?.id ?? principal?.id ?? "nobody";
  return {
    ...{ vm: vmKey(), point: POINT, region: "northeurope", operation: operationId() },
    ...{ grant: grantIdOf(holder, GRANT), since: grantIdOf(holder, BEFORE) },
    ...{ policy: "hourly", partner: PARTNER_ID, switch: "deletions" },
    subscriptionId: SUBSCRIPTION,
  };
};

const restorable = point(0, { name: POINT, disks: [osDisk] });

async function filledTables(asking: Asking) {
  const tables = memoryTables();
  await tables.protections.insert(protection());
  await tables.operations.insert(operation());
  for (const each of [restorable, point(HOUR, { name: HELD, legalHold: hold })]) {
    await tables.points.insert(each);
    await tables.copies.insert(copyOf(each, "northeurope"));
  }
  const { grant: id, since } = idsOf(asking);
  const holder = { ...grant().holder, id: id.slice(0, -GRANT.length - 1) };
  const open = { holder, point: HELD, expiresAt: "2999-01-31T11:00:00.000Z" };
  await tables.grants.insert(grant({ ...open, id }));
  await tables.grants.insert(grant({ ...open, id: since, point: "s0-a1" }));
  await tables.restores.insert(restore());
  await tables.partners.insert(asking.record ?? partner());
  await tables.policies.insert(hourly);
  return tables;
}

class ReadableArm extends FakeArm {
  override async getAccess() {
    return { kind: "found" as const, sas: new Sas("https://disk.test/?sig=x") };
  }
}

/** Authenticates whoever the scene says, whatever the header is. */
const authenticateAs = (principal: Principal | undefined) => async () => {
  if (principal) return principal;
  const refusal = { code: "Unauthorized", message: "A bearer token is required." };
  throw new ApiError(401, refusal, { "WWW-Authenticate": "Bearer" });
};

/** Asks routes, each as the host would: by name, with the parameters of its path. */
export async function served(asking: Asking, more: Partial<Services> = {}) {
  const tables = await filledTables(asking);
  const arm = new ReadableArm(() => 0);
  arm.vms.set(vmKey(), virtualMachine());
  addRestorable(arm, restorable);
  const [holds, policyCopies, partnerCopies] = [
    new Map([[`${vmKey()}/${HELD}`, hold]]),
    new Map<string, unknown>(),
    new Map<string, unknown>(),
  ];
  const delayed = new RecordedDelays();
  let ulids = 0;
  const app = registrations({
    ...{ tables, arm, delayed, subscriptions: [SUBSCRIPTION] },
    ...{ legalHolds: memoryLegalHolds(holds), policyCopies: memoryRecordCopies(policyCopies) },
    partnerCopies: memoryRecordCopies(partnerCopies),
    partners: createPartnerStore(tables),
    disks: { changedRanges: async () => ({ kind: "page", ranges: [changed] }) },
    newUlid: () => `01${`${++ulids}`.padStart(24, "0")}`,
    authenticate: authenticateAs(asking.principal),
    ...more,
  });
  const handlerOf = (name: string) => app.get(name)?.options.handler as HttpHandler;
  const ask = async (name: string, path: string, asked: Asked = {}) =>
    await answerOf(handlerOf(name), request(path, asked));
  return { ask, handlerOf, tables, stored: { holds, policyCopies, partnerCopies, delayed } };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The queues that it sends to. */
  readonly sent: readonly unknown[];
  /** What the function wrote to the log, each with its level. */
  readonly lines: readonly string[];
}

export async function answerOf(handler: HttpHandler, asked: HttpRequest): Promise<Answer> {
  const { context, lines } = invocation();
  const { status, headers, jsonBody } = (await handler(asked, context)) as HttpResponseInit;
  const sent = [...Object.values(context.extraOutputs)];
  return {
    status: Number(status),
    headers: { ...headers } as Answer["headers"],
    body: jsonBody,
    sent,
    lines,
  };
}
