/** The routes of policies on a new deployment, as a policy administrator asks them. */
import type { HttpMethod } from "@azure/functions";
import { deletePolicy } from "../../../src/functions/delete-policy.ts";
import { getPolicy } from "../../../src/functions/get-policy.ts";
import { listPolicies } from "../../../src/functions/list-policies.ts";
import { putPolicy } from "../../../src/functions/put-policy.ts";
import {
  deletePolicyRoute,
  getPolicyRoute,
  listPoliciesRoute,
  putPolicyRoute,
} from "../../../src/lib/api/routes/policies.ts";
import { applyPolicyFiles } from "../../../src/lib/policy/apply-policy-files.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { createPolicyStore } from "../../../src/lib/policy/policy-store.ts";
import { handled } from "../../fakes/handled.ts";
import { request, silent } from "../../fakes/invocation.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

export const written = {
  schedule: { every: "PT4H", spread: "PT1H" },
  consistency: "CrashConsistent",
  retention: { last: 24, maxAge: "P30D" },
};

/** A new deployment, with one policy among its files. */
export function deployment() {
  let at = Date.parse("2026-01-31T10:00:00.000Z");
  const tables = memoryTables();
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  const base = { tables, delayed, log, limits: azureLimits, policyCopies: memoryRecordCopies() };
  const file = { name: "shipped", text: JSON.stringify(written), hash: "1" };
  const readPolicyFiles = async () => [file];
  const applyFiles = applyPolicyFiles({ ...base, readPolicyFiles });
  const services = {
    ...base,
    policies: createPolicyStore({ tables, applyFiles, log }),
    now: () => new Date(at++),
  };
  const handlers = {
    GET: handled(getPolicyRoute, getPolicy(services)),
    PUT: handled(putPolicyRoute, putPolicy(services)),
    DELETE: handled(deletePolicyRoute, deletePolicy(services)),
  };
  const caller = { id: "a-person", kind: "person" as const, roles: ["PolicyAdmin" as const] };
  async function ask(
    method: HttpMethod & keyof typeof handlers,
    path: string,
    asked: { body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const name = new URL(path, "https://app.test").pathname.slice(1);
    const answer = request(`policies/${path}`, { method, params: { name }, ...asked });
    return await handlers[method](answer, caller, log, silent);
  }
  const list = async (query = "") =>
    (
      await handled(listPoliciesRoute, listPolicies(services))(
        request(`policies${query}`),
        caller,
        log,
        silent,
      )
    ).jsonBody;
  return { ...services, ask, list };
}
