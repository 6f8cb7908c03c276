/** The end of a restore point's DELETE. */
import type { Emulator } from "../../emulator.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { endAccessesIn } from "../../rules/active-access.ts";
import type { RestorePoint } from "../../state/state.ts";
import { asBeforeDeletion, identityOf } from "./find.ts";
import { releaseBytes } from "./release-bytes.ts";
import { reportRestorePoint } from "./report-restore-point.ts";

export const deletedRestorePoint = (emulator: Emulator): Behaviour => {
  const { state } = emulator;
  const find = ({ target, input }: Operation): RestorePoint | undefined => {
    const point = state.restorePoints.get(target);
    return point && identityOf(point) === input["identity"] ? point : undefined;
  };
  return {
    finish: async (operation) => {
      const point = find(operation);
      if (point === undefined) return undefined;
      const used = endAccessesIn(emulator, `${point.id}/`);
      if (used) return used;
      state.restorePoints.delete(point.id);
      await releaseBytes(emulator, point);
      reportRestorePoint(emulator, operation, point, { verb: "delete" });
      return undefined;
    },
    fail: (operation) => {
      const point = find(operation);
      if (point === undefined) return;
      const kept = state.restorePoints.set(asBeforeDeletion(point));
      reportRestorePoint(emulator, operation, kept, { verb: "delete", failed: true });
    },
  };
};
