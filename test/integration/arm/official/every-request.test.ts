/** Every request of VMs and disks, of which there are no examples at hand, followed to its end by several api-versions. */
import { describe, expect, test } from "vitest";
import { hasOfficialFiles, officially } from "../../../swagger/official-files.ts";
import { vmModel } from "../given.ts";
import { computePath, diskId, LOCATION, SUBSCRIPTION, vmId } from "../names.ts";
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
