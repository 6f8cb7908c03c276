/** Restored disks, network interfaces and VMs of a scene, in a test's words. */
import { expect } from "vitest";
import type { Accepted, ArmFailure } from "../../src/lib/operations/arm.ts";
import type {
  DiskRequest,
  NetworkInterfaceRequest,
} from "../../src/lib/operations/arm-resources.ts";
import type { VirtualMachineRequest } from "../../src/lib/restores/vm-request.ts";
import { SUBNET } from "../integration/arm/given.ts";
import { diskId, LOCATION, networkInterfaceId, vmId } from "../integration/arm/names.ts";
import { pointsOf } from "./arm-points.ts";
import type { ResourceScene } from "./arm-resource-scene.ts";

export const TAGS = { "restore-points-restore": "r-1", team: "web" };

type Answer = Accepted | { kind: "done" } | ArmFailure;

export async function restoredIn(scene: ResourceScene) {
  const { arm } = scene;
  const points = pointsOf(scene);
  await points.putCollection();
  await points.ended(await points.accepted());
  const { disks } = await points.reading();
  const [osPoint = "", dataPoint = ""] = disks.map((disk) => disk.diskRestorePointId ?? "");
  const place = { location: LOCATION, tags: TAGS };

  const disk = (name: string, more: Partial<DiskRequest> = {}): DiskRequest => ({
    ...place,
    id: diskId(name),
    sku: "Premium_LRS",
    diskRestorePointId: dataPoint,
    ...more,
  });
  const networkInterface = (
    name: string,
    more: Partial<NetworkInterfaceRequest> = {},
  ): NetworkInterfaceRequest => ({
    ...place,
    id: networkInterfaceId(name),
    subnetId: SUBNET,
    ...more,
  });
  const vm = (name: string, more: Partial<VirtualMachineRequest> = {}): VirtualMachineRequest => ({
    ...place,
    id: vmId(name),
    size: "Standard_D2s_v5",
    osType: "Linux",
    disks: [
      { id: diskId("restored-os"), caching: "ReadWrite" },
      { id: diskId("restored-data"), lun: 0, caching: "None" },
    ],
    networkInterfaceId: networkInterfaceId("restored-nic"),
    recorded: { securityProfile: { encryptionAtHost: true }, vmSizeProperties: undefined },
    ...more,
  });

  /** What was taken comes to its end, and well. */
  const succeeded = async (asked: Promise<Answer>): Promise<void> => {
    const answer = await asked;
    if (answer.kind === "done") return;
    expect(answer).toMatchObject({ kind: "accepted", statusUrl: expect.any(String) });
    const { statusUrl = "" } = answer as Accepted;
    expect(await points.ended(statusUrl)).toEqual({ kind: "succeeded" });
  };
  /** It is taken, and fails later. */
  const failed = async (asked: Promise<Answer>) => {
    const answer = await asked;
    expect(answer).toMatchObject({ kind: "accepted" });
    return await points.ended((answer as Accepted).statusUrl ?? "");
  };
  /** Its disks and its network interface, then the VM. */
  const madeVm = async (name: string): Promise<VirtualMachineRequest> => {
    await succeeded(arm.putDisk(disk("restored-os", { diskRestorePointId: osPoint })));
    await succeeded(arm.putDisk(disk("restored-data")));
    await succeeded(arm.putNetworkInterface(networkInterface("restored-nic")));
    const request = vm(name);
    await succeeded(arm.putVirtualMachine(request));
    return request;
  };
  const found = async (id: string) => {
    const answer = await arm.getResource(id);
    if (answer.kind === "found") return answer.resource;
    throw new Error(`It is not there: ${JSON.stringify(answer)}`);
  };
  return {
    ...{ points, osPoint, dataPoint, disk, networkInterface, vm },
    ...{ succeeded, failed, madeVm, found },
  };
}
