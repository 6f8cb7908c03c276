/** Start, power off, restart and deallocate: each an asynchronous operation that ends in a power state. */
import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { notAllowed } from "../../http/arm-error.ts";
import type { Handler } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { VIRTUAL_MACHINE } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { factsOf, report } from "../../report.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import type { VirtualMachine } from "../../state/state.ts";
import { startOperation } from "../shared/start-operation.ts";
import { renderVirtualMachine, VIRTUAL_MACHINE_TYPE } from "./render.ts";
import { demandVirtualMachine } from "./virtual-machines.ts";

const POWER_STATE_AFTER: Readonly<Record<string, VirtualMachine["powerState"]>> = {
  start: "running",
  powerOff: "stopped",
  restart: "running",
  deallocate: "deallocated",
};

export const virtualMachineActionRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("actOnVirtualMachine", actedOn(emulator));
  return Object.keys(POWER_STATE_AFTER).map((action) => ({
    method: "POST",
    template: `${VIRTUAL_MACHINE}/${action}`,
    versions: "compute",
    budget: action === "deallocate" ? "deleteVirtualMachine" : "updateVirtualMachine",
    handler: act(emulator, action),
  }));
};

const act =
  (emulator: Emulator, action: string): Handler =>
  (request) => {
    const vm = demandVirtualMachine(emulator, request);
    if (vm.provisioningState === "Deleting") throw notAllowed(`VM '${vm.name}' is being deleted.`);
    if (POWER_STATE_AFTER[action] === "running") demandNoExport(emulator, vm);
    const operation = startOperation(emulator, {
      kind: "actOnVirtualMachine",
      target: vm.id,
      location: regionOf(vm.location),
      input: { action, vmId: vm.vmId },
      request: factsOf(request),
      ms: emulator.settings.virtualMachineActionMs,
    });
    return acceptedAnswer(emulator, request, operation);
  };

/** A VM does not run on a disk that is read through a SAS. */
function demandNoExport(emulator: Emulator, { name, disks }: VirtualMachine): void {
  const exported = disks.find(({ diskId }) => activeAccessOf(emulator, diskId));
  if (exported === undefined) return;
  throw notAllowed(
    `VM '${name}' cannot be started: there is an active shared access signature outstanding for disk ${exported.name}. Call EndGetAccess before starting the VM.`,
  );
}

const actedOn = (emulator: Emulator): Behaviour => {
  const { state } = emulator;
  const tell = (
    vm: VirtualMachine,
    { input, request }: Parameters<Behaviour["finish"]>[0],
    failed: boolean,
  ) =>
    report(emulator, request, {
      operationName: `${VIRTUAL_MACHINE_TYPE}/${input["action"]}/action`,
      resource: renderVirtualMachine(emulator, vm),
      existed: true,
      failed,
    });
  return {
    finish: (operation) => {
      const { target, input } = operation;
      const vm = state.virtualMachines.get(target);
      if (vm === undefined || vm.vmId !== input["vmId"]) {
        return { code: "NotFound", message: `VM ${target} is gone.` };
      }
      const powerState = POWER_STATE_AFTER[`${input["action"]}`] ?? vm.powerState;
      const revision = vm.revision + 1;
      tell(state.virtualMachines.set({ ...vm, powerState, revision }), operation, false);
      return undefined;
    },
    fail: (operation) => {
      const vm = state.virtualMachines.get(operation.target);
      if (vm) tell(vm, operation, true);
    },
  };
};
