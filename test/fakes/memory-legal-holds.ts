import type { LegalHold } from "../../src/lib/fleet/restore-point.ts";
import type { LegalHolds } from "../../src/lib/holds/legal-holds.ts";

/** Legal holds, by `<vm>/<point>`. */
export const memoryLegalHolds = (holds = new Map<string, LegalHold>()): LegalHolds => ({
  put: async (vm, point, hold) => void holds.set(`${vm}/${point}`, hold),
  get: async (vm, point) => holds.get(`${vm}/${point}`),
  remove: async (vm, point) => void holds.delete(`${vm}/${point}`),
});
