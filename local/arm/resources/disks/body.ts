/** The body of a disk's PUT and PATCH. */
import { z } from "zod";
import { integer } from "../shared/integer.ts";
import { oneOf, spelled } from "../shared/one-of.ts";
import { tagsSchema } from "../shared/tags.ts";

const SKUS = [
  "Standard_LRS",
  "Premium_LRS",
  "StandardSSD_LRS",
  "UltraSSD_LRS",
  "Premium_ZRS",
  "StandardSSD_ZRS",
  "PremiumV2_LRS",
] as const;

const sku = z.looseObject({ name: oneOf(SKUS) });
const sizeInGB = integer.pipe(z.int().min(1).max(65_536));

/** What a client may give besides size and origin; kept, and answered, as it is. */
const kept = {
  osType: oneOf(["Linux", "Windows"]).optional(),
  hyperVGeneration: oneOf(["V1", "V2"]).optional(),
  maxShares: z.int().min(1).optional(),
  networkAccessPolicy: oneOf(["AllowAll", "AllowPrivate", "DenyAll"]).optional(),
  publicNetworkAccess: oneOf(["Enabled", "Disabled"]).optional(),
  diskAccessId: z.string().optional(),
  encryption: z
    .looseObject({
      type: oneOf([
        "EncryptionAtRestWithPlatformKey",
        "EncryptionAtRestWithCustomerKey",
        "EncryptionAtRestWithPlatformAndCustomerKeys",
      ]).optional(),
      diskEncryptionSetId: z.string().optional(),
    })
    .optional(),
  securityProfile: z.looseObject({ securityType: z.string().optional() }).optional(),
};

/** With the footer of a VHD. */
const SMALLEST_UPLOAD = 20 * 1024 ** 2 + 512;
const LARGEST_UPLOAD = 32 * 1024 ** 4 + 512;

const source = z.string({ error: "is required for this createOption" }).min(1);
const logicalSectorSize = z.union([z.literal(512), z.literal(4096)]).optional();
const byCreateOption = z.discriminatedUnion(
  "createOption",
  [
    z.looseObject({ createOption: z.literal("Empty"), logicalSectorSize }),
    z.looseObject({
      createOption: z.literal("Upload"),
      uploadSizeBytes: z
        .int({ error: "is required to upload" })
        .min(SMALLEST_UPLOAD)
        .max(LARGEST_UPLOAD)
        .multipleOf(512),
    }),
    z.looseObject({ createOption: z.literal("Copy"), sourceResourceId: source }),
    z.looseObject({ createOption: z.literal("Restore"), sourceResourceId: source }),
  ],
  { error: "createOption: the emulator makes disks by Empty, Upload, Copy and Restore" },
);
const CREATE_OPTIONS = ["Empty", "Upload", "Copy", "Restore"];
const creationData = z.preprocess(
  (data) =>
    typeof data === "object" && data !== null && "createOption" in data
      ? { ...data, createOption: spelled(CREATE_OPTIONS, data.createOption) }
      : data,
  byCreateOption,
);
export type CreationData = z.infer<typeof creationData>;

const common = {
  location: z.string().min(1),
  tags: tagsSchema,
  zones: z.array(z.string()).nullish(),
  sku: sku.nullish(),
};
const sized = { diskSizeGB: sizeInGB.nullish(), ...kept };

export const diskBody = z.looseObject({
  ...common,
  properties: z.looseObject({ creationData, ...sized }),
});
export type DiskBody = z.infer<typeof diskBody>;

/** Of a disk that is there: a VM may have made it, by another createOption. */
export const existingDiskBody = z.looseObject({
  ...common,
  properties: z.looseObject({
    creationData: z.looseObject({ createOption: z.string() }),
    ...sized,
  }),
});

export const diskPatch = z.looseObject({
  tags: tagsSchema,
  sku: sku.nullish(),
  properties: z.looseObject(sized).optional(),
});

/** Answered by the emulator, whatever a client sends back. */
const READ_ONLY = [
  "creationData",
  "diskSizeGB",
  "diskSizeBytes",
  "uniqueId",
  "timeCreated",
  "provisioningState",
  "diskState",
  "encryptionSettingsCollection",
];

export const keptProperties = (properties: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => !READ_ONLY.includes(name) && value !== null && value !== undefined,
    ),
  );
