/** Start, power off, restart and deallocate: each an asynchronous operation that ends in a power state. */
import { acceptedAnswer } from "../http/accepted.ts";
import type { Handler } from "../http/arm-request.ts";
import type { Route } from "../http/router.ts";
import { partsOf, VIRTUAL_MACHINE } from "../paths.ts";
import { regionOf } from "../region.ts";
import { report } from "../report.ts";
import type { Emulator, VirtualMachine } from "../state.ts";
import { renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render-virtual-machine.ts";
import { demandVirtualMachine } from "./virtual-machines.ts";

const POWER_STATE_AFTER: Readonly<Record<string, VirtualMachine["powerState"]>> = {
  start: "running",
  powerOff: "stopped",
  restart: "running",
  deallocate: "deallocated",
};

export const virtualMachineActionRoutes = (emulator: Emulator): Route[] =>
  Object.entries(POWER_STATE_AFTER).map(([action, powerState]) => ({
    method: "POST",
    template: `${VIRTUAL_MACHINE}/${action}`,
    handler: act(emulator, action, powerState),
  }));

const act =
  (emulator: Emulator, action: string, powerState: VirtualMachine["powerState"]): Handler =>
  (request) => {
    const { state, settings, operations, faults } = emulator;
    const vm = demandVirtualMachine(emulator, request);
    const failure = faults.takeOperation("virtualMachineAction", vm.name);
    const operation = operations.start(settings.virtualMachineActionMs, () => {
      if (failure) return { code: failure.code, message: failure.message };
      const now = state.virtualMachines.get(vm.id);
      if (now?.vmId !== vm.vmId) return { code: "NotFound", message: `VM ${vm.name} is gone.` };
      now.powerState = powerState;
      const name = `${VIRTUAL_MACHINE_TYPE}/${action}/action`;
      report(emulator, request, name, renderVirtualMachine(emulator, now), { existed: true });
      return undefined;
    });
    const { subscriptionId } = partsOf(vm.id);
    const place = { subscriptionId, location: regionOf(vm.location) };
    return acceptedAnswer(request, { operation, place, settings });
  };
