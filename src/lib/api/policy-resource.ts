/** The shape of a policy in the HTTP API: what was written, and what the app adds to it. */
import type { VmKey } from "../fleet/vm-key.ts";
import type { PolicyRecord, WrittenOutcome } from "../policy/policy-record.ts";
import type { Problem } from "../problem.ts";
import { ApiError, invalidBody } from "./api-error.ts";

/** What an answer adds. A body may have them too, so that an answer can be changed and sent back; they are ignored. */
const READ_ONLY = ["etag", "state", "outcome", "createdAt", "updatedAt"] as const;

export type PolicyResource = Record<string, unknown> & {
  readonly name: string;
  readonly etag: string;
  readonly state: PolicyRecord["state"];
  readonly outcome?: WrittenOutcome;
};

export const etagOf = ({ generation }: Pick<PolicyRecord, "generation">): string =>
  `"${generation}"`;

export function policyResource(record: PolicyRecord): PolicyResource {
  const { name, document, state, outcome, createdAt, updatedAt } = record;
  return {
    ...document,
    name,
    etag: etagOf(record),
    state,
    ...(outcome ? { outcome } : {}),
    createdAt,
    updatedAt,
  };
}

/** The policy in a request's body. What is no object is left to be refused by the policy's own rules. */
export function policyIn(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const written = Object.entries(body).filter(([name]) => READ_ONLY.every((each) => each !== name));
  return Object.fromEntries(written);
}

const NAMED_VMS = 5;

export const policyInUse = (name: string, vms: readonly VmKey[]): ApiError =>
  new ApiError(409, {
    code: "PolicyInUse",
    message:
      `The policy ${name} protects at least ${vms.length} VMs, such as ${vms.slice(0, NAMED_VMS).join(", ")}. ` +
      "Say what becomes of its restore points: outcome=keep, outcome=ageOut, or outcome=delete&after=P30D.",
    target: "outcome",
  });

export const invalidPolicy = (problems: readonly Problem[]): ApiError =>
  invalidBody("policy", "InvalidPolicy", problems);
