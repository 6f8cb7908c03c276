/** The policies in force: what is stored, after the files of the deployment were applied once in this process. */
import { allIn, partition } from "../state/entity-table.ts";
import type { Tables } from "../state/tables.ts";
import type { Log } from "../telemetry.ts";
import { type Aftermath, aftermathSchema, type Policy, policySchema } from "./policy.ts";
import { POLICY_PARTITION, type PolicyRecord } from "./policy-record.ts";

export interface PolicySet {
  readonly active: ReadonlyMap<string, Policy>;
  /** Deleted ones, by which restore points still live. */
  readonly retired: ReadonlyMap<string, RetiredPolicy>;
}

interface RetiredPolicy {
  readonly policy: Policy;
  readonly outcome: Aftermath;
}

export interface PolicyStore {
  /** As they were at most so many milliseconds before `now`; default `POLICY_CACHE_MS`. */
  inForce(now: Date, oldestMs?: number): Promise<PolicySet>;
}

export interface PolicyStoreDeps {
  readonly tables: Pick<Tables, "policies">;
  /** Brings the deployment's files into the table. */
  readonly applyFiles: (now: Date) => Promise<void>;
  readonly log: Log;
}

/** So long after a change, every process knows of it. */
export const POLICY_CACHE_MS = 10_000;

export function createPolicyStore({ tables, applyFiles, log }: PolicyStoreDeps): PolicyStore {
  let applied: Promise<void> | undefined;
  let cached: { readonly at: number; readonly policies: Promise<PolicySet> } | undefined;

  async function read(now: Date): Promise<PolicySet> {
    applied ??= applyFiles(now);
    await applied.catch((error: unknown) => {
      applied = undefined;
      throw error;
    });
    return policySetOf(await allIn(tables.policies, partition(POLICY_PARTITION)), log);
  }

  return {
    inForce: (now, oldestMs = POLICY_CACHE_MS) => {
      if (cached && Math.abs(now.getTime() - cached.at) < oldestMs) return cached.policies;
      const reading = { at: now.getTime(), policies: read(now) };
      cached = reading;
      reading.policies.catch(() => {
        if (cached === reading) cached = undefined;
      });
      return reading.policies;
    },
  };
}

/** A document that cannot be read any more is left out and told: the other policies go on. */
function policySetOf(records: readonly PolicyRecord[], log: Log): PolicySet {
  const active = new Map<string, Policy>();
  const retired = new Map<string, RetiredPolicy>();
  for (const { name, document, state, outcome = { outcome: "keep" } } of records) {
    const policy = policySchema.safeParse({ ...document, name });
    const aftermath = aftermathSchema.safeParse(outcome);
    if (!policy.success || !aftermath.success) {
      const issues = [...(policy.error?.issues ?? []), ...(aftermath.error?.issues ?? [])];
      const reason = issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
      log.error("policyUnreadable", { policy: name, reason });
    } else if (state === "Active") {
      active.set(name, policy.data);
    } else {
      retired.set(name, { policy: policy.data, outcome: aftermath.data });
    }
  }
  return { active, retired };
}
