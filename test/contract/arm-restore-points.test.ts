/** What becomes of a restore point that ARM accepts: in the fake, and in the emulator behind the app's own client. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { diskId } from "../integration/arm/names.ts";
import { armKinds } from "./arm-kinds.ts";
import { pointsOf } from "./arm-points.ts";
import { type ArmScene, NEVER } from "./arm-scene.ts";

describe.each(armKinds())("a restore point, %s,", (_kind, create) => {
  let scene: ArmScene;
  let points: ReturnType<typeof pointsOf>;
  beforeEach(async () => {
    scene = await create();
    scene.setCreateMs(20);
    points = pointsOf(scene);
    await points.putCollection();
  });

  test("is being made, and says little until it is", async () => {
    scene.setCreateMs(NEVER);
    expect(await scene.arm.look(await points.accepted())).toEqual({ kind: "running" });
    const point = await points.reading();
    expect(point).toMatchObject({ id: points.target(), provisioningState: "Creating" });
    expect(point).not.toHaveProperty("consistencyMode");
    expect(point.disks.map(({ name }) => name)).toEqual(["web-01-os", "web-01-data"]);
    expect(point.disks.flatMap(({ diskRestorePointId = [] }) => diskRestorePointId)).toEqual([]);
  });

  test("is made of every disk", async () => {
    expect(await points.ended(await points.accepted())).toEqual({ kind: "succeeded" });
    const disk = (name: string) => ({
      name,
      diskId: diskId(name),
      diskRestorePointId: expect.stringContaining(`${points.target()}/diskRestorePoints/`),
    });
    expect(await points.reading()).toMatchObject({
      provisioningState: "Succeeded",
      consistencyMode: "CrashConsistent",
      timeCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      disks: [disk("web-01-os"), { ...disk("web-01-data"), lun: 0 }],
    });
  });

  test("is application-consistent when no mode is asked for", async () => {
    const answer = await scene.arm.putRestorePoint({ id: points.target(), excludeDiskIds: [] });
    if (answer.kind !== "accepted") throw new Error(answer.error.message);
    await points.ended(answer.statusUrl ?? "");
    expect(await points.reading()).toMatchObject({ consistencyMode: "ApplicationConsistent" });
  });

  test("leaves out the disks that it shall, in any casing", async () => {
    await points.ended(await points.accepted("t1-a1", [diskId("web-01-data").toUpperCase()]));
    expect((await points.reading()).disks.map(({ name }) => name)).toEqual(["web-01-os"]);
  });

  test("that fails says why, and keeps its name", async () => {
    const error = { code: "VMRestorePointInternalError", message: "Please retry." };
    scene.failNextCreate(error);
    expect(await points.ended(await points.accepted())).toEqual({ kind: "failed", error });
    expect(await points.reading()).toMatchObject({ provisioningState: "Failed" });
    expect(await points.putPoint()).toMatchObject({ kind: "refused", conflict: true });
    expect(await points.ended(await points.accepted("t1-a2"))).toEqual({ kind: "succeeded" });
  });

  test("is found in any casing, and not found when it is not there", async () => {
    await points.ended(await points.accepted());
    const found = await scene.arm.getRestorePoint(points.target().toLowerCase());
    expect(found).toMatchObject({ kind: "found" });
    expect(await scene.arm.getRestorePoint(points.target("t9-a1"))).toMatchObject({
      kind: "notFound",
    });
    const elsewhere = points.target().replace("rpc-web-01", "rpc-other");
    expect(await scene.arm.getRestorePoint(elsewhere)).toMatchObject({ kind: "notFound" });
  });

  test("whose answer is lost was made all the same", async () => {
    scene.loseNextAnswerToPut();
    expect(await points.putPoint()).toMatchObject({ kind: "unsettled" });
    await vi.waitFor(async () => {
      expect(await points.reading()).toMatchObject({ provisioningState: "Succeeded" });
    });
  });

  test("whose operation is unknown is not found", async () => {
    const unknown = scene.unknownStatusUrl(await points.accepted());
    expect(await scene.arm.look(unknown)).toMatchObject({ kind: "notFound" });
  });
});
