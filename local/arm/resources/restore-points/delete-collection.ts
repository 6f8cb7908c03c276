/** The end of a collection's DELETE: its restore points go with it. */
import type { Emulator } from "../../emulator.ts";
import type { Behaviour } from "../../operations/operations.ts";
import { report } from "../../report.ts";
import { endAccessesIn } from "../../rules/active-access.ts";
import { pointsIn } from "./find.ts";
import { releaseBytes } from "./release-bytes.ts";
import { COLLECTION_TYPE, renderCollection } from "./render.ts";

export const deleteCollection = (emulator: Emulator): Behaviour => {
  const { state, journal } = emulator;
  const operationName = `${COLLECTION_TYPE}/delete`;
  return {
    finish: async ({ target, input, request }) => {
      const collection = state.collections.get(target);
      if (collection === undefined || collection.collectionId !== input["collectionId"]) {
        return undefined;
      }
      const used = endAccessesIn(emulator, `${target}/`);
      if (used) return used;
      const resource = renderCollection(emulator, collection);
      const points = pointsIn(emulator, collection);
      journal.commit(() => {
        for (const { id } of points) state.restorePoints.delete(id);
        state.collections.delete(target);
      });
      for (const point of points) await releaseBytes(emulator, point);
      report(emulator, request, { operationName, resource, existed: true });
      return undefined;
    },
    fail: ({ target, request }) => {
      const collection = state.collections.get(target);
      if (collection === undefined) return;
      const kept = state.collections.set({ ...collection, provisioningState: "Succeeded" });
      const resource = renderCollection(emulator, kept);
      report(emulator, request, { operationName, resource, existed: true, failed: true });
    },
  };
};
