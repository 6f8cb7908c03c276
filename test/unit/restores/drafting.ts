/** A restore point of a VM with an OS disk and two data disks, as tests of restores draft from it. */
import type { Point } from "../../../src/lib/fleet/restore-point.ts";
import { type Draft, draftRestore } from "../../../src/lib/restores/draft-restore.ts";
import { restoreRequestSchema } from "../../../src/lib/restores/restore-request.ts";
import type { RestoreSource } from "../../../src/lib/restores/restore-source.ts";
import { type RecordedModel, recordedModelSchema } from "../../../src/lib/restores/vm-request.ts";
import { point } from "../../fixtures/points.ts";
import { diskId, operationId } from "../../fixtures/records.ts";

export const ID = operationId(42);
/** The last characters of its ULID. */
export const SHORT = "00000042";

const collection =
  "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/restorePointCollections/rpc-web-01";
const restorePointId = `${collection}/restorePoints/t1-a1`;

const inPoint = (name: string, lun?: number) => ({
  name,
  diskId: diskId(name),
  ...(lun === undefined ? {} : { lun }),
  sizeInGB: lun === undefined ? 30 : 64,
  diskRestorePointId: `${restorePointId}/diskRestorePoints/${name}_1`,
});

export const pointWithDisks = (more: Partial<Point> = {}): Point =>
  point(0, {
    name: "t1-a1",
    restorePointId,
    disks: [inPoint("web-01-os"), inPoint("web-01-data", 0), inPoint("web-01-logs", 1)],
    ...more,
  });

const NIC =
  "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Network/networkInterfaces/web-01-nic";

const attached = (name: string, more: object = {}) => ({
  name,
  caching: "ReadOnly",
  managedDisk: { storageAccountType: "Premium_LRS" },
  ...more,
});

export const model = (more: object = {}): RecordedModel =>
  recordedModelSchema.parse({
    location: "westeurope",
    zones: ["2"],
    tags: { team: "shop" },
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    storageProfile: {
      osDisk: attached("web-01-os", { osType: "Linux" }),
      dataDisks: [attached("web-01-data", { lun: 0 }), attached("web-01-logs", { lun: 1 })],
    },
    networkProfile: { networkInterfaces: [{ id: NIC }] },
    securityProfile: { securityType: "TrustedLaunch" },
    licenseType: "RHEL_BYOS",
    ...more,
  });

/** A draft of what is `asked` for. */
export function drafted(asked: object, source: Partial<RestoreSource> = {}): Draft {
  const request = restoreRequestSchema.parse(asked);
  const at = new Date("2026-02-01T00:00:00.000Z");
  const by = { id: "alice", kind: "person" } as const;
  const from = { row: pointWithDisks(), model: model(), ...source };
  return draftRestore(request, from, { id: ID, by, partner: false, correlationId: "c-1", at });
}
