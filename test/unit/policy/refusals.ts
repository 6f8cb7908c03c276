/** What is said of a policy that is refused; each test names only what is wrong with it. */
import { type AzureLimits, azureLimits } from "../../../src/lib/policy/azure-limits.ts";
import { parsePolicy } from "../../../src/lib/policy/policy-limits.ts";

/** Nothing is wrong with it. */
export const daily = {
  name: "gold",
  schedule: { every: "P1D" },
  consistency: "CrashConsistent",
  retention: { daily: 14 },
};

export const copyTo = (region: string, retention: object = { daily: 7 }) => ({ region, retention });

export function problemsOf(more: object, limits: AzureLimits = azureLimits): string[] {
  const parsed = parsePolicy({ ...daily, ...more }, limits);
  return "problems" in parsed
    ? parsed.problems.map(({ field, message }) => `${field}: ${message}`)
    : [];
}
