/** What becomes of the resources of a group that is deleted. */
import type { Emulator } from "../../emulator.ts";
import { notAllowed } from "../../http/arm-error.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { activeAccessIn } from "../../rules/active-access.ts";
import type { ResourceGroup } from "../../state/state.ts";
import { releaseBytes } from "../restore-points/release-bytes.ts";

/** Throws when something in it cannot be deleted. */
export function demandDeletable(emulator: Emulator, { id, name }: ResourceGroup): void {
  const access = activeAccessIn(emulator, `${id}/`);
  if (access === undefined) return;
  throw notAllowed(
    `Resource group '${name}' cannot be deleted: there is an active shared access signature for ${access.id}.`,
  );
}

export const deleteResourceGroup = (emulator: Emulator): Behaviour => ({
  finish: async ({ target }) => {
    const { state, journal, bytes } = emulator;
    const inside = `${target}/`;
    const points = [...state.restorePoints.under(inside)];
    const disks = [...state.disks.under(inside)];
    journal.commit(() => {
      const { virtualMachines, networkInterfaces, collections, restorePoints } = state;
      for (const kind of [virtualMachines, networkInterfaces, restorePoints, collections]) {
        for (const { id } of [...kind.under(inside)]) kind.delete(id);
      }
      for (const { id } of disks) state.disks.delete(id);
      state.resourceGroups.delete(target);
    });
    for (const point of points) await releaseBytes(emulator, point);
    for (const disk of disks) await bytes.diskDeleted(disk.uniqueId);
    return undefined;
  },
  fail: ({ target }) => {
    const group = emulator.state.resourceGroups.get(target);
    if (group) emulator.state.resourceGroups.set({ ...group, provisioningState: "Succeeded" });
  },
});
