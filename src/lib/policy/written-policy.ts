/** Reads what somebody wrote as the policy `name`: a body of the API, or a file of the deployment. */
import type { Problem } from "../problem.ts";
import type { AzureLimits } from "./azure-limits.ts";
import { parsePolicy } from "./policy-limits.ts";

export type WrittenPolicy =
  | { readonly kind: "valid"; readonly document: Record<string, unknown> }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** A column of a table holds 64 KiB, two bytes a character. */
const MOST_CHARACTERS = 30_000;

/** The name may be left out of the document, and must not be another one. */
export function readWrittenPolicy(name: string, json: unknown, limits: AzureLimits): WrittenPolicy {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return { kind: "invalid", problems: [{ field: "policy", message: "expected a JSON object" }] };
  }
  const document: Record<string, unknown> = { ...json, name };
  const parsed = parsePolicy(document, limits);
  const problems = "problems" in parsed ? [...parsed.problems] : [];
  if ("name" in json && json.name !== name) {
    problems.push({ field: "name", message: `must be \`${name}\`, or be left out` });
  }
  const characters = JSON.stringify(document).length;
  if (characters > MOST_CHARACTERS) {
    const message = `has ${characters} characters; a policy can be stored with ${MOST_CHARACTERS}`;
    problems.push({ field: "policy", message });
  }
  return problems.length === 0 ? { kind: "valid", document } : { kind: "invalid", problems };
}
