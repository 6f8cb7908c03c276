import type { VmModels } from "../../src/lib/fleet/restore-point.ts";

/** The models of VMs, by `<vm>/<point>`. */
export const memoryVmModels = (models = new Map<string, unknown>()): VmModels => ({
  put: async (vm, point, model) => void models.set(`${vm}/${point}`, model),
  get: async (vm, point) => models.get(`${vm}/${point}`),
  remove: async (vm, point) => void models.delete(`${vm}/${point}`),
});
