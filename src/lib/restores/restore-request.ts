/** What is asked for with a restore. What is left out is as it was recorded with the restore point. */
import * as z from "zod";
import { looksLikeSecret } from "../audit/looks-like-secret.ts";
import { regionSchema } from "../policy/policy.ts";
import { RESTORE_TAG } from "./restore.ts";

/** An OS disk and the most data disks that a VM has. */
const MOST_DISKS = 65;
/** Azure's limit; one of them is the restore's own. */
export const MOST_TAGS = 50;
/** They have to fit into an entity. */
const LONGEST_TAGS = 16_000;

/** Names of resource groups, as Azure allows them. */
const groupName = z.string().regex(/^[-\w.()]{0,89}[-\w()]$/u, {
  error: "expected the name of a resource group",
});

const vmName = z.string().regex(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?$/, {
  error: "expected the name of a VM: letters, digits and hyphens, at most 64",
});

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
const tagName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^(?!microsoft|azure|windows)[^<>%&\\?/]+$/i, {
    error: "expected names without <>%&\\?/ that do not begin with microsoft, azure or windows",
  })
  .refine((name) => name.toLowerCase() !== RESTORE_TAG, { error: "this tag is the restore's own" })
  .refine((name) => !looksLikeSecret(name), { error: "looks like a secret" });

const tagValue = z
  .string()
  .max(256)
  .refine((value) => !looksLikeSecret(value), { error: "looks like a secret" });

const namesIn = (tags: Readonly<Record<string, string>>): string[] =>
  Object.keys(tags).map((name) => name.toLowerCase());

const sku = z.enum(
  [
    ...(["Standard_LRS", "StandardSSD_LRS", "StandardSSD_ZRS", "Premium_LRS"] as const),
    ...(["Premium_ZRS", "PremiumV2_LRS", "UltraSSD_LRS"] as const),
  ],
  { error: "expected a disk SKU, such as Premium_LRS" },
);

/** `1` to `3`; `none`: in no zone, whatever the source was in. */
const zone = z.enum(["1", "2", "3", "none"], { error: "expected a zone from 1 to 3, or none" });

const restoredDisk = z
  .strictObject({
    /** Name of the disk in the restore point. */
    disk: z.string().min(1).max(80).optional(),
    lun: z.int().min(0).max(63).optional(),
    os: z.literal(true).optional(),
    sku: sku.optional(),
    /** At least the size of the source. */
    sizeInGB: z.int().min(1).max(65_536).optional(),
  })
  .refine(
    ({ disk, lun, os }) => [disk, lun, os].filter((each) => each !== undefined).length === 1,
    { error: "expected one of `disk`, `lun` and `os`" },
  );

const common = {
  /** Region of the copy to restore from; left out: the restore point itself. */
  region: z.string().max(40).toLowerCase().pipe(regionSchema).optional(),
  /** In the VM's subscription; left out: the VM's own. */
  resourceGroup: groupName.optional(),
  zone: zone.optional(),
  /** Of all disks that name none of their own. */
  sku: sku.optional(),
  /**
   * `{disk}`, `{vm}`, `{lun}` (`os` for the OS disk) and `{id}`, which is the restore's own, are filled in.
   */
  diskNames: z
    .string()
    .max(80)
    .regex(/^(?:[\w.-]|\{(?:disk|vm|lun|id)\})+$/, {
      error: "expected letters, digits, `_`, `-`, `.`, {disk}, {vm}, {lun} and {id}",
    })
    .default("{disk}-{id}"),
  /** What is made before it fails is removed, or kept. */
  onFailure: z.enum(["cleanUp", "keep"]).default("cleanUp"),
  /** Nothing is made: the answer tells what would be, and what is against it. */
  dryRun: z.boolean().default(false),
};

export const restoreRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("disks"),
    ...common,
    /** Those to restore; left out: all. */
    disks: z.array(restoredDisk).min(1).max(MOST_DISKS).optional(),
  }),
  z.strictObject({
    kind: z.literal("vm"),
    ...common,
    /** All are restored; those named here differently from the rest. */
    disks: z.array(restoredDisk).min(1).max(MOST_DISKS).optional(),
    /** Left out: the source's, with the restore's own id. */
    name: vmName.optional(),
    /** Such as `Standard_D4s_v5`. */
    size: z
      .string()
      .regex(/^\w{1,80}$/, { error: "expected a VM size, such as Standard_D4s_v5" })
      .optional(),
    /** ARM id; left out: the subnet of the source. */
    subnetId: z
      .string()
      .regex(
        /^\/subscriptions\/[-\w]+\/resourceGroups\/[-\w.()]*[-\w()]\/providers\/Microsoft\.Network\/virtualNetworks\/\w[-\w.]*\/subnets\/\w[-\w.]*$/i,
        { error: "expected the id of a subnet" },
      )
      .optional(),
    powerState: z.enum(["running", "stopped"]).default("running"),
    /** In the place of the recorded ones. */
    tags: z
      .record(tagName, tagValue)
      .refine((tags) => new Set(namesIn(tags)).size === namesIn(tags).length, {
        error: "expected names that differ in more than their casing",
      })
      .refine((tags) => Object.keys(tags).length < MOST_TAGS, {
        error: `expected fewer than ${MOST_TAGS} tags`,
      })
      .refine((tags) => JSON.stringify(tags).length <= LONGEST_TAGS, {
        error: `expected at most ${LONGEST_TAGS} characters in all`,
      })
      .optional(),
  }),
]);
export type RestoreRequest = z.infer<typeof restoreRequestSchema>;
