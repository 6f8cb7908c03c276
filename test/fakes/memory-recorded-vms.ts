import type { RecordedVm, RecordedVms } from "../../src/lib/fleet/recorded-vm.ts";

/** VMs as they were recorded, by `<vm>/<point>`. */
export const memoryRecordedVms = (models = new Map<string, RecordedVm>()): RecordedVms => ({
  put: async (vm, point, model) => void models.set(`${vm}/${point}`, model),
  get: async (vm, point) => models.get(`${vm}/${point}`),
  remove: async (vm, point) => void models.delete(`${vm}/${point}`),
});
