/** A restore point of web-01 in West Europe, and a collection in North Europe for its copies. */
import type { RestorePoint } from "@azure/arm-compute";
import type { Answer } from "./ask.ts";
import { givenProtectedVm, givenRestorePoint, POLL } from "./given.ts";
import { collectionId, diskId, GROUP, restorePointId } from "./names.ts";
import type { Arm } from "./scene.ts";

export const TARGET = "web-01-copies";
const TARGET_REGION = "northeurope";

export const givenTarget = async (
  { client }: Arm,
  name = TARGET,
  location = TARGET_REGION,
): Promise<void> => {
  await client.restorePointCollections.createOrUpdate(GROUP, name, {
    location,
    source: { id: collectionId("web-01-rpc") },
  });
};

/** With one restore point, rp-1, whose data disk begins with `text`. */
export async function givenCopyable(arm: Arm, text = "one"): Promise<void> {
  await givenProtectedVm(arm);
  await arm.emulator.disk(diskId("web-01_DataDisk_0")).write(0, Buffer.alloc(512, text));
  await givenRestorePoint(arm, "web-01-rpc", "rp-1");
  await givenTarget(arm);
}

export const copyBody = (name: string, collection = "web-01-rpc") => ({
  properties: { sourceRestorePoint: { id: restorePointId(collection, name) } },
});

export const putCopy = async (
  { ask }: Arm,
  name: string,
  { body = copyBody(name), target = TARGET }: { body?: object; target?: string } = {},
): Promise<Answer> => await ask("PUT", restorePointId(target, name), { body });

/** Waits until Azure says Succeeded, which is when it has begun. */
export const givenCopy = async ({ client }: Arm, name: string, target = TARGET) =>
  await client.restorePoints.create(
    GROUP,
    target,
    name,
    { sourceRestorePoint: { id: restorePointId("web-01-rpc", name) } },
    POLL,
  );

export const withInstanceView = async (
  { client }: Arm,
  name: string,
  target = TARGET,
): Promise<RestorePoint> =>
  await client.restorePoints.get(GROUP, target, name, { expand: "instanceView" });

/** Of its first disk. */
export const replicationOf = ({ instanceView }: RestorePoint) =>
  instanceView?.diskRestorePoints?.[0]?.replicationStatus;
