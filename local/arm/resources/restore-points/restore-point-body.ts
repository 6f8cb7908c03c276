import { z } from "zod";
import { spelled } from "../shared/one-of.ts";

const diskEncryption = z
  .looseObject({
    type: z
      .enum([
        "EncryptionAtRestWithPlatformKey",
        "EncryptionAtRestWithCustomerKey",
        "EncryptionAtRestWithPlatformAndCustomerKeys",
      ])
      .optional(),
    diskEncryptionSet: z.looseObject({ id: z.string().min(1) }).optional(),
  })
  .nullish();

const sourceDisk = z.looseObject({
  name: z.string().optional(),
  lun: z.int().optional(),
  diskRestorePoint: z.looseObject({ encryption: diskEncryption }).nullish(),
});

/** Of a copy: the disks that shall be encrypted with another key. */
const sourceMetadata = z.looseObject({
  storageProfile: z
    .looseObject({ osDisk: sourceDisk.nullish(), dataDisks: z.array(sourceDisk).nullish() })
    .nullish(),
});

export const restorePointBody = z.looseObject({
  properties: z
    .looseObject({
      excludeDisks: z.array(z.looseObject({ id: z.string().min(1) })).nullish(),
      consistencyMode: z
        .preprocess(
          (mode) => spelled(["CrashConsistent"], mode),
          z.literal("CrashConsistent", {
            error: "only CrashConsistent is accepted as a valid input",
          }),
        )
        .nullish(),
      sourceRestorePoint: z.looseObject({ id: z.string().min(1) }).nullish(),
      instantAccessDurationMinutes: z.int().min(60).max(300).nullish(),
      sourceMetadata: sourceMetadata.nullish(),
    })
    .nullish()
    .transform((properties) => properties ?? {}),
});
export type RestorePointProperties = z.infer<typeof restorePointBody>["properties"];
