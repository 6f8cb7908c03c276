/** What ARM is to the app: the fake that tests use, and the app's own client against the emulator. */
import { beforeEach, describe, expect, test } from "vitest";
import { vmKeySchema } from "../../src/lib/fleet/vm-key.ts";
import { remedyFor } from "../../src/lib/operations/arm-error.ts";
import { diskId, LOCATION } from "../integration/arm/names.ts";
import { armKinds } from "./arm-kinds.ts";
import { pointsOf } from "./arm-points.ts";
import { type ArmScene, NEVER } from "./arm-scene.ts";

describe.each(armKinds())("ARM %s", (_kind, create) => {
  let scene: ArmScene;
  let points: ReturnType<typeof pointsOf>;
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    points = pointsOf(scene);
  });

  describe("a VM", () => {
    test("is read with its tags and disks", async () => {
      const answer = await scene.arm.getVirtualMachine(scene.vm);
      expect(answer).toMatchObject({
        kind: "found",
        vm: {
          name: "web-01",
          location: LOCATION,
          vmId: expect.stringMatching(/./),
          tags: { "restore-points": "hourly" },
          disks: [
            { name: "web-01-os", id: diskId("web-01-os"), ephemeral: false },
            { name: "web-01-data", id: diskId("web-01-data"), lun: 0, writeAccelerator: false },
          ],
          model: expect.anything(),
        },
      });
      if (answer.kind === "found") expect(answer.vm.disks[0]).not.toHaveProperty("lun");
    });

    test("that is not there is not found", async () => {
      const vm = vmKeySchema.parse(`${scene.vm}-x`);
      expect(await scene.arm.getVirtualMachine(vm)).toMatchObject({ kind: "notFound" });
    });

    test("made anew under its name has another GUID", async () => {
      const before = await scene.arm.getVirtualMachine(scene.vm);
      await scene.deleteVm();
      expect(await scene.arm.getVirtualMachine(scene.vm)).toMatchObject({ kind: "notFound" });
      await scene.recreateVm();
      const after = await scene.arm.getVirtualMachine(scene.vm);
      if (before.kind !== "found" || after.kind !== "found") throw new Error("It is not there.");
      expect(after.vm.vmId).not.toBe(before.vm.vmId);
    });
  });

  test("a disk says how many VMs may share it, and is not found when it is not there", async () => {
    await scene.addSharedDisk();
    const shares = async (name: string) => await scene.arm.getDiskShares(diskId(name));
    expect(await shares("web-01-data")).toEqual({ kind: "found", maxShares: 1 });
    expect(await shares("web-01-shared")).toEqual({ kind: "found", maxShares: 2 });
    expect(await shares("gone")).toMatchObject({ kind: "notFound" });
  });

  describe("a collection", () => {
    test("is made, and made again without harm", async () => {
      expect(await points.putCollection()).toEqual({ kind: "done" });
      await points.ended(await points.accepted());
      expect(await points.putCollection()).toEqual({ kind: "done" });
      expect(await points.reading()).toMatchObject({ provisioningState: "Succeeded" });
    });

    test("needs its VM", async () => {
      await scene.deleteVm();
      expect(await points.putCollection()).toMatchObject({ kind: "notFound" });
    });
  });

  describe("a restore point is refused", () => {
    test("without a collection", async () => {
      expect(await points.putPoint()).toMatchObject({ kind: "notFound" });
    });

    test("a second time, before and after it was made", async () => {
      await points.putCollection();
      const statusUrl = await points.accepted();
      expect(await points.putPoint()).toMatchObject({ kind: "refused", conflict: true });
      await points.ended(statusUrl);
      expect(await points.putPoint()).toMatchObject({ kind: "refused", conflict: true });
    });

    test("while another one of the VM is made, which is worth another try", async () => {
      await points.putCollection();
      scene.setCreateMs(NEVER);
      await points.accepted();
      const answer = await points.putPoint("t2-a1");
      expect(answer).toMatchObject({ kind: "refused", conflict: true });
      if (answer.kind === "refused") expect(remedyFor(answer.error).remedy).toBe("retryLater");
    });

    test("with a shared disk in it, and names that disk", async () => {
      await scene.addSharedDisk();
      await points.putCollection();
      const answer = await points.putPoint();
      expect(answer).toMatchObject({ kind: "refused" });
      if (answer.kind === "refused") {
        expect(remedyFor(answer.error).remedy).toBe("excludeDisks");
        expect(answer.error.message).toContain("'web-01-shared'");
      }
      await points.ended(await points.accepted("t1-a2", [diskId("web-01-shared")]));
    });

    test("for a VM that is gone, or was made anew", async () => {
      await points.putCollection();
      await scene.deleteVm();
      expect(await points.putPoint()).toMatchObject({ kind: "notFound" });
      await scene.recreateVm();
      expect(await points.putPoint()).toMatchObject({ kind: "notFound" });
    });
  });
});
