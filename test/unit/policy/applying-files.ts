/** The files of a deployment, applied to tables in memory. */
import { applyPolicyFiles, type PolicyFile } from "../../../src/lib/policy/apply-policy-files.ts";
import { azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { policyKey } from "../../../src/lib/policy/policy-record.ts";
import { putPolicy } from "../../../src/lib/policy/put-policy.ts";
import { memoryRecordCopies } from "../../fakes/memory-record-copies.ts";
import { memoryTables } from "../../fakes/memory-tables.ts";
import { RecordedDelays } from "../../fakes/recorded-delays.ts";
import { RecordingLog } from "../../fakes/recording-log.ts";

export const now = new Date("2026-01-31T10:00:00.000Z");
export const later = new Date("2026-02-01T10:00:00.000Z");

export const documentOf = (last: number) => ({
  schedule: { every: "PT1H" },
  consistency: "CrashConsistent",
  retention: { last },
});

export const file = (name: string, content: unknown, hash = "1"): PolicyFile => ({
  name,
  text: typeof content === "string" ? content : JSON.stringify(content),
  hash,
});

export function scene() {
  const tables = memoryTables();
  const copies = new Map<string, unknown>();
  const delayed = new RecordedDelays();
  const log = new RecordingLog();
  const deps = {
    tables,
    policyCopies: memoryRecordCopies(copies),
    delayed,
    log,
    limits: azureLimits,
  };
  const apply = (files: PolicyFile[], at = now) =>
    applyPolicyFiles({ ...deps, readPolicyFiles: async () => files })(at);
  const stored = async (name: string) => (await tables.policies.get(policyKey(name)))?.record;
  const put = (name: string, last: number) =>
    putPolicy(deps, { name, document: { ...documentOf(last), name }, mayWrite: () => true }, now);
  return { ...deps, copies, apply, stored, put };
}
