/** A VM as a restore asks ARM for it: restored disks, its own network interface, and what was recorded of the source. */
import * as z from "zod";

const text = z.string().optional();

const attachedDisk = z.object({
  /** Name in the recorded VM: what the restored disk takes the place of. */
  name: text,
  caching: z.enum(["None", "ReadOnly", "ReadWrite"]).optional(),
  writeAcceleratorEnabled: z.boolean().optional(),
  managedDisk: z.object({ storageAccountType: text }).optional(),
});

/**
 * What a restored VM takes over of the model that was recorded with the restore point, in the shape of Azure's own
 * client. Credentials and the host name are on the OS disk, and Azure takes them for no VM whose disks are attached.
 */
export const recordedModelSchema = z.object({
  location: z.string(),
  zones: z.array(z.string()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** Of the image: Azure wants to have it named again. */
  plan: z.object({ name: text, publisher: text, product: text, promotionCode: text }).optional(),
  identity: z
    .object({
      type: text,
      /** By ARM id. */
      userAssignedIdentities: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  hardwareProfile: z
    .object({
      vmSize: text,
      vmSizeProperties: z
        .object({ vCPUsAvailable: z.int().optional(), vCPUsPerCore: z.int().optional() })
        .optional(),
    })
    .optional(),
  storageProfile: z.object({
    osDisk: attachedDisk.extend({ osType: z.enum(["Windows", "Linux"]).optional() }),
    dataDisks: z.array(attachedDisk.extend({ lun: z.int() })).default([]),
    diskControllerType: text,
  }),
  networkProfile: z
    .object({
      networkInterfaces: z
        .array(z.object({ id: text, primary: z.boolean().optional() }))
        .default([]),
    })
    .optional(),
  securityProfile: z
    .object({
      securityType: text,
      encryptionAtHost: z.boolean().optional(),
      uefiSettings: z
        .object({
          secureBootEnabled: z.boolean().optional(),
          vTpmEnabled: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  licenseType: text,
  additionalCapabilities: z
    .object({
      ultraSSDEnabled: z.boolean().optional(),
      hibernationEnabled: z.boolean().optional(),
    })
    .optional(),
});
export type RecordedModel = z.infer<typeof recordedModelSchema>;

export interface AttachedDiskRequest {
  /** ARM id of the restored disk. */
  readonly id: string;
  /** Left out: the OS disk. */
  readonly lun?: number | undefined;
  readonly caching?: "None" | "ReadOnly" | "ReadWrite" | undefined;
  readonly writeAcceleratorEnabled?: boolean | undefined;
}

export interface VirtualMachineRequest {
  readonly id: string;
  readonly location: string;
  readonly zone?: string | undefined;
  readonly size: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly osType: "Windows" | "Linux";
  /** OS disk first. */
  readonly disks: readonly AttachedDiskRequest[];
  readonly networkInterfaceId: string;
  /** What it has of the source beyond that. */
  readonly recorded: Pick<
    RecordedModel,
    "plan" | "identity" | "securityProfile" | "licenseType" | "additionalCapabilities"
  > & {
    readonly vmSizeProperties?: NonNullable<RecordedModel["hardwareProfile"]>["vmSizeProperties"];
    readonly diskControllerType?: string | undefined;
  };
}
