/** VMs that restores make of their disks: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test } from "vitest";
import type { VirtualMachineRequest } from "../../src/lib/restores/vm-request.ts";
import { diskId, networkInterfaceId, vmId } from "../integration/arm/names.ts";
import { type ResourceScene, resourceKinds } from "./arm-resource-scene.ts";
import { restoredIn, TAGS } from "./arm-restored.ts";
import { NEVER } from "./arm-scene.ts";

const VM = vmId("restored");
const [OS, DATA] = [diskId("restored-os"), diskId("restored-data")];
const NIC = networkInterfaceId("restored-nic");

describe.each(resourceKinds())("a restored VM, %s,", (_kind, create) => {
  let scene: ResourceScene;
  let restored: Awaited<ReturnType<typeof restoredIn>>;
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    scene.setResourceMs(20);
    restored = await restoredIn(scene);
  });
  const powerState = async () => {
    const answer = await scene.arm.getPowerState(VM);
    if (answer.kind === "found") return answer.powerState;
    throw new Error(answer.error.message);
  };

  test("has its disks and its network interface, and tells by its tags whose it is", async () => {
    await restored.madeVm("restored");
    const expected = { id: VM, tags: TAGS, provisioningState: "Succeeded" };
    expect(await restored.found(VM)).toEqual(expected);
  });

  test("takes a while", async () => {
    await restored.madeVm("restored");
    await restored.succeeded(scene.arm.deleteResource(VM));
    scene.setResourceMs(NEVER);
    const answer = await scene.arm.putVirtualMachine(restored.vm("restored"));
    if (answer.kind !== "accepted") throw new Error(JSON.stringify(answer));
    expect(await scene.arm.look(answer.statusUrl ?? "")).toEqual({ kind: "running" });
    expect(await restored.found(VM)).toMatchObject({ provisioningState: "Creating" });
  });

  test("asked for once more is the one that is there", async () => {
    const request = await restored.madeVm("restored");
    await restored.succeeded(scene.arm.putVirtualMachine(request));
    expect(await restored.found(VM)).toMatchObject({ provisioningState: "Succeeded" });
  });

  test("runs, until it is deallocated", async () => {
    await restored.madeVm("restored");
    expect(await powerState()).toBe("other");
    await restored.succeeded(scene.arm.deallocate(VM));
    expect(await powerState()).toBe("deallocated");
  });

  test("runs on when its deallocation fails", async () => {
    await restored.madeVm("restored");
    const error = { code: "InternalError", message: "Please retry." };
    scene.failNext("deallocate", error);
    expect(await restored.failed(scene.arm.deallocate(VM))).toEqual({ kind: "failed", error });
    expect(await powerState()).toBe("other");
  });

  test.each<[string, Partial<VirtualMachineRequest>, object]>([
    ["a disk that is not there", { disks: [{ id: diskId("x") }] }, { kind: "notFound" }],
    ["a disk of another VM", { disks: [{ id: OS }] }, { kind: "refused", conflict: true }],
    [
      "a disk of the VM that was backed up",
      { disks: [{ id: diskId("web-01-os") }] },
      { kind: "refused", conflict: true },
    ],
    [
      "a network interface that is not there",
      { networkInterfaceId: networkInterfaceId("x") },
      { kind: "refused", conflict: false },
    ],
    [
      "a network interface of another VM",
      { networkInterfaceId: NIC },
      { kind: "refused", conflict: true },
    ],
  ])("is not made with %s", async (_what, wrong, expected) => {
    await restored.madeVm("restored");
    await restored.succeeded(scene.arm.putDisk(restored.disk("free-os")));
    await restored.succeeded(scene.arm.putNetworkInterface(restored.networkInterface("free-nic")));
    const right = {
      disks: [{ id: diskId("free-os") }],
      networkInterfaceId: networkInterfaceId("free-nic"),
    };
    const answer = await scene.arm.putVirtualMachine(restored.vm("second", { ...right, ...wrong }));
    expect(answer).toMatchObject(expected);
    expect(await scene.arm.getResource(vmId("second"))).toMatchObject({ kind: "notFound" });
    await restored.succeeded(scene.arm.putVirtualMachine(restored.vm("second", right)));
  });

  test("is there although the answer was lost", async () => {
    const request = await restored.madeVm("restored");
    await restored.succeeded(scene.arm.deleteResource(VM));
    scene.loseNextAnswerTo("putVirtualMachine");
    expect(await scene.arm.putVirtualMachine(request)).toMatchObject({ kind: "unsettled" });
    expect(await restored.found(VM)).toMatchObject({ tags: TAGS });
  });

  test("that fails says why, and stays", async () => {
    const request = await restored.madeVm("restored");
    await restored.succeeded(scene.arm.deleteResource(VM));
    const error = { code: "OSProvisioningTimedOut", message: "It did not start." };
    scene.failNext("putVirtualMachine", error);
    const look = await restored.failed(scene.arm.putVirtualMachine(request));
    expect(look).toEqual({ kind: "failed", error });
    expect(await restored.found(VM)).toMatchObject({ provisioningState: "Failed" });
  });

  test("keeps its disks and its network interface from being removed until it is", async () => {
    await restored.madeVm("restored");
    const refused = { kind: "refused" };
    expect(await scene.arm.deleteResource(OS)).toMatchObject({ ...refused, conflict: true });
    expect(await scene.arm.deleteResource(DATA)).toMatchObject({ ...refused, conflict: true });
    expect(await scene.arm.deleteResource(NIC)).toMatchObject({ ...refused, conflict: false });
    await restored.succeeded(scene.arm.deleteResource(VM));
    for (const id of [OS, DATA, NIC]) {
      expect(await restored.found(id)).toMatchObject({ provisioningState: "Succeeded" });
      await restored.succeeded(scene.arm.deleteResource(id));
      expect(await scene.arm.getResource(id)).toMatchObject({ kind: "notFound" });
    }
  });

  test("that is not there has nothing to be asked or done", async () => {
    expect(await scene.arm.getResource(VM)).toMatchObject({ kind: "notFound" });
    expect(await scene.arm.getPowerState(VM)).toMatchObject({ kind: "notFound" });
    expect(await scene.arm.deallocate(VM)).toMatchObject({ kind: "notFound" });
    expect(["done", "notFound"]).toContain((await scene.arm.deleteResource(VM)).kind);
  });
});
