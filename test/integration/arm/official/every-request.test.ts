/** Every request that is described, followed to its end by several api-versions. */
import { describe, expect, test } from "vitest";
import { hasOfficialFiles, officially } from "../../../swagger/official-files.ts";
import { givenProtectedVm, givenRestorePoint, givenVm, vmModel } from "../given.ts";
import {
  collectionId,
  computePath,
  diskId,
  LOCATION,
  restorePointId,
  SUBSCRIPTION,
  vmId,
} from "../names.ts";
import { type Arm, azuriteOfThisFile } from "../scene.ts";
import { replay } from "./replay.ts";

/** Asks by one api-version, and says the status. */
const asking =
  (arm: Arm, version: string) =>
  async (method: string, path: string, body?: unknown): Promise<number> => {
    const query = `${path.includes("?") ? "&" : "?"}api-version=${version}`;
    return (await replay(arm, { method, path: `${path}${query}`, body })).answer.status;
  };

describe.skipIf(!hasOfficialFiles)(officially("as Microsoft describes it"), () => {
  const start = azuriteOfThisFile();

  test.each(["2017-12-01", "2021-03-01", "2024-07-01", "2025-04-01", "2026-04-01"])(
    "a VM lives by %s",
    async (version) => {
      const ask = asking(await start(), version);
      const vm = vmId("web-01");
      const { location, ...properties } = vmModel();
      expect(await ask("PUT", vm, { location, properties })).toBe(201);
      expect(await ask("PUT", vm, { location, properties, tags: { tier: "web" } })).toBe(200);
      for (const read of ["", "?$expand=instanceView", "/instanceView"]) {
        expect(await ask("GET", `${vm}${read}`)).toBe(200);
      }
      expect(await ask("PATCH", vm, { tags: { tier: "front" } })).toBe(200);
      for (const action of ["powerOff", "start", "restart", "deallocate"]) {
        expect(await ask("POST", `${vm}/${action}`)).toBe(202);
      }
      expect(await ask("GET", computePath("virtualMachines"))).toBe(200);
      expect(await ask("GET", inSubscription("virtualMachines"))).toBe(200);
      expect(await ask("DELETE", vm)).toBe(202);
      expect(await ask("DELETE", vm)).toBe(204);
      expect(await ask("GET", vm)).toBe(404);
    },
  );

  test.each(["2021-03-01", "2021-07-01", "2024-07-01", "2025-04-01", "2026-04-01"])(
    "a restore point lives by %s",
    async (version) => {
      const arm = await start();
      const ask = asking(arm, version);
      await givenVm(arm, "web-01");
      const collection = collectionId("rpc");
      const body = { location: LOCATION, properties: { source: { id: vmId("web-01") } } };
      expect(await ask("PUT", collection, body)).toBe(201);
      expect(await ask("PUT", collection, { ...body, tags: { tier: "web" } })).toBe(200);
      expect(await ask("PATCH", collection, { tags: { tier: "front" } })).toBe(200);
      const point = restorePointId("rpc", "rp");
      const excludeDisks = [{ id: diskId("web-01_DataDisk_0") }];
      // Restore points of 2021-03-01 have their properties at the top.
      const isFlat = version === "2021-03-01";
      const asked = isFlat ? { excludeDisks } : { properties: { excludeDisks } };
      expect(await ask("PUT", point, asked)).toBe(201);
      expect(await ask("PUT", point, asked)).toBe(409);
      for (const read of [point, `${point}?$expand=instanceView`, collection]) {
        expect(await ask("GET", read)).toBe(200);
      }
      expect(await ask("GET", `${collection}?$expand=restorePoints`)).toBe(200);
      expect(await ask("GET", computePath("restorePointCollections"))).toBe(200);
      expect(await ask("GET", inSubscription("restorePointCollections"))).toBe(200);
      expect(await ask("DELETE", point)).toBe(202);
      expect(await ask("DELETE", point)).toBe(204);
      expect(await ask("GET", point)).toBe(404);
      expect(await ask("DELETE", collection)).toBe(202);
      expect(await ask("DELETE", collection)).toBe(204);
      expect(await ask("GET", collection)).toBe(404);
    },
  );

  test.each(["2020-12-01", "2024-03-02", "2025-01-02", "2026-03-02"])(
    "a disk restore point is read by %s",
    async (version) => {
      const arm = await start();
      const ask = asking(arm, version);
      await givenProtectedVm(arm);
      await givenRestorePoint(arm, "web-01-rpc", "rp");
      const disks = `${restorePointId("web-01-rpc", "rp")}/diskRestorePoints`;
      expect(await ask("GET", disks)).toBe(200);
      const { body } = await arm.ask("GET", disks);
      const [disk] = (body as { readonly value: readonly { readonly id: string }[] }).value;
      if (disk === undefined) throw new Error("The restore point has no disks.");
      expect(await ask("GET", disk.id)).toBe(200);
      const read = { access: "Read", durationInSeconds: 60 };
      expect(await ask("POST", `${disk.id}/beginGetAccess`, read)).toBe(202);
      expect(await ask("POST", `${disk.id}/endGetAccess`)).toBe(202);
      const restore = { createOption: "Restore", sourceResourceId: disk.id };
      const restored = { location: LOCATION, properties: { creationData: restore } };
      expect(await ask("PUT", diskId("restored"), restored)).toBe(202);
    },
  );

  test.each(["2020-12-01", "2024-03-02", "2025-01-02", "2026-03-02"])(
    "a disk lives by %s",
    async (version) => {
      const ask = asking(await start(), version);
      const disk = diskId("data");
      const empty = { creationData: { createOption: "Empty" }, diskSizeGB: 8 };
      expect(await ask("PUT", disk, { location: LOCATION, properties: empty })).toBe(202);
      expect(await ask("GET", disk)).toBe(200);
      expect(await ask("PATCH", disk, { properties: { diskSizeGB: 16 } })).toBe(202);
      const read = { access: "Read", durationInSeconds: 60 };
      expect(await ask("POST", `${disk}/beginGetAccess`, read)).toBe(202);
      expect(await ask("POST", `${disk}/endGetAccess`)).toBe(202);
      const copy = { createOption: "Copy", sourceResourceId: disk };
      const copied = { location: LOCATION, properties: { creationData: copy } };
      expect(await ask("PUT", diskId("copy"), copied)).toBe(202);
      const upload = { createOption: "Upload", uploadSizeBytes: 20972032 };
      const uploaded = { location: LOCATION, properties: { creationData: upload } };
      expect(await ask("PUT", diskId("upload"), uploaded)).toBe(202);
      const write = { access: "Write", durationInSeconds: 60 };
      expect(await ask("POST", `${diskId("upload")}/beginGetAccess`, write)).toBe(202);
      expect(await ask("GET", computePath("disks"))).toBe(200);
      expect(await ask("GET", inSubscription("disks"))).toBe(200);
      expect(await ask("DELETE", disk)).toBe(202);
      expect(await ask("DELETE", disk)).toBe(204);
      expect(await ask("GET", disk)).toBe(404);
    },
  );
});

const inSubscription = (type: string): string =>
  `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/${type}`;
