/** The restore points of a scene, in a test's words. */
import { expect, vi } from "vitest";
import type { ArmScene } from "./arm-scene.ts";

export function pointsOf({ arm, collection }: ArmScene) {
  const target = (name = "t1-a1") => `${collection.id}/restorePoints/${name}`;
  const putCollection = () => arm.putRestorePointCollection(collection);
  const reading = async (name?: string) => {
    const answer = await arm.getRestorePoint(target(name));
    if (answer.kind === "found") return answer.restorePoint;
    throw new Error(`There is no restore point: ${JSON.stringify(answer)}`);
  };
  const putPoint = (name?: string, excludeDiskIds: string[] = []) =>
    arm.putRestorePoint({ id: target(name), consistencyMode: "CrashConsistent", excludeDiskIds });
  return {
    target,
    putCollection,
    putPoint,
    /** The status URL of a restore point, which must be accepted. */
    accepted: async (name?: string, excludeDiskIds?: string[]): Promise<string> => {
      const answer = await putPoint(name, excludeDiskIds);
      if (answer.kind === "accepted" && answer.statusUrl !== undefined) return answer.statusUrl;
      throw new Error(`The PUT was not accepted: ${JSON.stringify(answer)}`);
    },
    /** The look that finds the operation ended. */
    ended: (statusUrl: string) =>
      vi.waitFor(
        async () => {
          const look = await arm.look(statusUrl);
          expect(look.kind).not.toBe("running");
          return look;
        },
        { timeout: 10_000, interval: 10 },
      ),
    reading,
    /** Of its data disk. */
    diskRestorePointId: async (name?: string): Promise<string> => {
      const disk = (await reading(name)).disks.find(({ lun }) => lun !== undefined);
      return disk?.diskRestorePointId ?? "";
    },
  };
}
