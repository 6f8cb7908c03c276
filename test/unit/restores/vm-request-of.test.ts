import { describe, expect, test } from "vitest";
import { vmRequestOf } from "../../../src/lib/restores/vm-request-of.ts";
import { drafted, ID, model, SHORT } from "./drafting.ts";

const COMPUTE =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers/Microsoft.Compute";

describe("the request for a restored VM", () => {
  test("has the restored disks in their places, and what was recorded of the source", () => {
    const identity = { type: "UserAssigned", userAssignedIdentities: { "/ids/a": {} } };
    const recorded = model({ identity, plan: { name: "p" } });
    expect(vmRequestOf(drafted({ kind: "vm" }).restore, recorded)).toEqual({
      id: `${COMPUTE}/virtualMachines/web-01-${SHORT}`,
      location: "westeurope",
      zone: "2",
      size: "Standard_D4s_v5",
      osType: "Linux",
      tags: { team: "shop", "vm-restore-points-restore": ID },
      disks: [
        { id: `${COMPUTE}/disks/web-01-os-${SHORT}`, caching: "ReadOnly" },
        { id: `${COMPUTE}/disks/web-01-data-${SHORT}`, lun: 0, caching: "ReadOnly" },
        { id: `${COMPUTE}/disks/web-01-logs-${SHORT}`, lun: 1, caching: "ReadOnly" },
      ],
      networkInterfaceId: expect.stringMatching(
        /\/networkInterfaces\/web-01-00000042-nic-00000042$/,
      ),
      recorded: {
        identity,
        plan: { name: "p" },
        securityProfile: { securityType: "TrustedLaunch" },
        licenseType: "RHEL_BYOS",
      },
    });
  });

  test("has the tags that were asked for in the place of the recorded ones", () => {
    const { restore } = drafted({ kind: "vm", tags: { lab: "yes" } });
    const tags = { lab: "yes", "vm-restore-points-restore": ID };
    expect(vmRequestOf(restore, model())?.tags).toEqual(tags);
  });

  test("does not carry over to another size what was set of the recorded one", () => {
    const recorded = model({
      hardwareProfile: { vmSize: "Standard_D4s_v5", vmSizeProperties: { vCPUsAvailable: 2 } },
      storageProfile: { osDisk: { osType: "Linux" }, diskControllerType: "NVMe" },
    });
    const same = vmRequestOf(drafted({ kind: "vm" }).restore, recorded);
    expect(same?.recorded).toMatchObject({
      vmSizeProperties: { vCPUsAvailable: 2 },
      diskControllerType: "NVMe",
    });
    const other = vmRequestOf(drafted({ kind: "vm", size: "Standard_D2s_v5" }).restore, recorded);
    expect(other?.recorded).not.toHaveProperty("vmSizeProperties");
    expect(other?.recorded).not.toHaveProperty("diskControllerType");
  });

  test("has no caching for disks that take none, and says that one is an Ultra disk", () => {
    const disks = [
      { lun: 0, sku: "UltraSSD_LRS" },
      { lun: 1, sku: "PremiumV2_LRS" },
    ];
    const request = vmRequestOf(drafted({ kind: "vm", disks }).restore, model());
    expect(request?.disks.map(({ caching }) => caching)).toEqual([
      "ReadOnly",
      undefined,
      undefined,
    ]);
    expect(request?.recorded.additionalCapabilities).toEqual({ ultraSSDEnabled: true });
  });

  test("is none of a restore of disks", () => {
    expect(vmRequestOf(drafted({ kind: "disks" }).restore, model())).toBeUndefined();
  });
});
