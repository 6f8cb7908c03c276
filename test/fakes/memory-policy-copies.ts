import type { PolicyCopies } from "../../src/lib/policy/policy-record.ts";

/** The copies of policies, by name. */
export const memoryPolicyCopies = (copies = new Map<string, unknown>()): PolicyCopies => ({
  put: async (name, record) => void copies.set(name, record),
  all: async function* all() {
    yield* copies.values();
  },
});
