/**
 * Brings the policies that are deployed with the app into the table, as often as one likes and by as many processes:
 * a file is written once for each of its contents, and a policy that the API has changed since stays as it is.
 */
import { errorText } from "../error-text.ts";
import { every, partition } from "../state/entity-table.ts";
import type { Log } from "../telemetry.ts";
import type { AzureLimits } from "./azure-limits.ts";
import { type ChangePolicyDeps, changePolicy, copyPolicy, isCopied } from "./change-policy.ts";
import { POLICY_PARTITION, withDocument } from "./policy-record.ts";
import { type RestorePoliciesDeps, restorePolicies } from "./restore-policies.ts";
import { readWrittenPolicy, type WrittenPolicy } from "./written-policy.ts";

export interface PolicyFile {
  /** Of the policy: the file's without `.json`. */
  readonly name: string;
  readonly text: string;
  /** Tells one content of the file from another. */
  readonly hash: string;
}

export interface ApplyPolicyFilesDeps extends ChangePolicyDeps {
  readonly tables: ChangePolicyDeps["tables"] & RestorePoliciesDeps["tables"];
  readonly policyCopies: ChangePolicyDeps["policyCopies"] & RestorePoliciesDeps["policyCopies"];
  readonly readPolicyFiles: () => Promise<readonly PolicyFile[]>;
  readonly limits: AzureLimits;
  readonly log: Log;
}

export const applyPolicyFiles =
  (deps: ApplyPolicyFilesDeps) =>
  async (now: Date): Promise<void> => {
    // Or a file would take the place of what the API had made of its policy.
    await restorePolicies(deps, now);
    for (const file of await deps.readPolicyFiles()) await applyFile(deps, file, now);
    // Of a writer that did not live to copy what it wrote.
    for await (const record of every(deps.tables.policies, partition(POLICY_PARTITION))) {
      if (!isCopied(record)) await copyLater(deps, record.name);
    }
  };

/** No reason to be without policies: the next start copies it. */
async function copyLater(deps: ApplyPolicyFilesDeps, policy: string): Promise<void> {
  try {
    await copyPolicy(deps, policy);
  } catch (error) {
    const reason = errorText(error);
    deps.log.error("policyNotCopied", { policy, reason });
  }
}

async function applyFile(deps: ApplyPolicyFilesDeps, file: PolicyFile, now: Date): Promise<void> {
  const { name, hash } = file;
  const written = readFile(file, deps.limits);
  if (written.kind === "invalid") {
    const reason = written.problems.map(({ field, message }) => `${field}: ${message}`).join("; ");
    deps.log.error("policyFileWrong", { file: `${name}.json`, reason });
    return;
  }
  const change = await changePolicy(deps, name, (current) =>
    current?.fileHash === hash
      ? { kind: "leave", why: "applied" }
      : {
          kind: "write",
          record: {
            ...withDocument(current, { name, document: written.document }, now),
            fileHash: hash,
          },
        },
  );
  if (change.kind === "write") deps.log.info("policyFileApplied", { policy: name });
}

function readFile({ name, text }: PolicyFile, limits: AzureLimits): WrittenPolicy {
  try {
    return readWrittenPolicy(name, JSON.parse(text), limits);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: "invalid", problems: [{ field: "JSON", message: error.message }] };
  }
}
