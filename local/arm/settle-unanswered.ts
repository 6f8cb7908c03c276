/**
 * A kill may cut a request off before its operation was kept. It was never answered: what it was about stays as it was,
 * is not "Deleting" for ever, and can be asked for again.
 */
import type { Emulator } from "./emulator.ts";
import type { OperationKind } from "./operations/operation.ts";
import { asBeforeDeletion, findDiskRestorePoint } from "./resources/restore-points/find.ts";
import type { ResourceMap } from "./state/resource-map.ts";

/** Whether an operation of one of these kinds works on it. */
export type IsUnderWay = (id: string, ...kinds: readonly OperationKind[]) => boolean;

export function operationsUnderWay({ state }: Pick<Emulator, "state">): IsUnderWay {
  const targets = new Set(
    state.operations
      .all()
      .filter(({ status }) => status === "InProgress")
      .map(({ kind, target }) => `${kind} ${target.toLowerCase()}`),
  );
  return (id, ...kinds) => kinds.some((kind) => targets.has(`${kind} ${id.toLowerCase()}`));
}

interface Settled {
  readonly id: string;
  readonly provisioningState: string;
}

export function settleUnanswered(emulator: Emulator, isUnderWay: IsUnderWay): void {
  const { state } = emulator;
  const settle = <T extends Settled>(
    resources: ResourceMap<T>,
    kinds: Readonly<Record<string, OperationKind>>,
    settled: (resource: T) => T,
  ) => {
    for (const resource of resources.all()) {
      const kind = kinds[resource.provisioningState];
      if (kind && !isUnderWay(resource.id, kind)) resources.set(settled(resource));
    }
  };
  const written = (write: OperationKind) => ({ Creating: write, Updating: write });
  settle(
    state.virtualMachines,
    { ...written("writeVirtualMachine"), Deleting: "deleteVirtualMachine" },
    succeeded,
  );
  settle(state.disks, { ...written("writeDisk"), Deleting: "deleteDisk" }, succeeded);
  settle(state.collections, { Deleting: "deleteRestorePointCollection" }, succeeded);
  settle(state.restorePoints, { Deleting: "deleteRestorePoint" }, asBeforeDeletion);
  settle(state.resourceGroups, { Deleting: "deleteResourceGroup" }, succeeded);
  for (const { id } of state.accesses.all()) {
    if (!state.disks.get(id) && !findDiskRestorePoint(emulator, id)) state.accesses.delete(id);
  }
}

const succeeded = <T extends { readonly provisioningState: string }>(resource: T) => ({
  ...resource,
  provisioningState: "Succeeded" as const,
});
