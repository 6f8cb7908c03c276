/** The body of a virtual machine's PUT and PATCH, as far as the emulator looks into it. */
import { z } from "zod";
import { integer } from "../shared/integer.ts";
import { oneOf } from "../shared/one-of.ts";
import { tagsSchema } from "../shared/tags.ts";

const managedDisk = z.looseObject({
  id: z.string().optional(),
  storageAccountType: z.string().optional(),
});

const attachedDisk = z.looseObject({
  name: z.string().min(1).optional(),
  createOption: oneOf(["FromImage", "Empty", "Attach"]),
  deleteOption: oneOf(["Delete", "Detach"]).optional(),
  caching: oneOf(["None", "ReadOnly", "ReadWrite"]).optional(),
  diskSizeGB: integer.pipe(z.int().min(1).max(65_536)).optional(),
  managedDisk: managedDisk.optional(),
  vhd: z.unknown().optional(),
  writeAcceleratorEnabled: z.boolean().optional(),
});
export type AttachedDiskBody = z.infer<typeof attachedDisk>;

const storageProfile = z.looseObject({
  imageReference: z.unknown().optional(),
  osDisk: attachedDisk.extend({
    osType: oneOf(["Linux", "Windows"]).optional(),
    diffDiskSettings: z.looseObject({ option: z.literal("Local") }).nullish(),
  }),
  dataDisks: z
    .array(attachedDisk.extend({ lun: integer.pipe(z.int().min(0).max(63)) }))
    .default([]),
});

const networkProfile = z.looseObject({
  networkInterfaces: z.array(z.looseObject({ id: z.string().optional() })).optional(),
});

export const virtualMachineBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  zones: z.array(z.string()).nullish(),
  identity: z.looseObject({ type: z.string().optional() }).nullish(),
  plan: z.looseObject({}).nullish(),
  properties: z.looseObject({
    hardwareProfile: z.looseObject({ vmSize: z.string().optional() }).nullish(),
    osProfile: z.looseObject({}).nullish(),
    networkProfile: networkProfile.nullish(),
    securityProfile: z.looseObject({ securityType: z.string().optional() }).nullish(),
    storageProfile,
  }),
});
export type VirtualMachineBody = z.infer<typeof virtualMachineBody>;

/** PATCH gives what changes; the result must be a whole body again. */
export const virtualMachinePatch = z.looseObject({
  tags: tagsSchema,
  zones: z.array(z.string()).nullish(),
  identity: z.looseObject({}).nullish(),
  plan: z.looseObject({}).nullish(),
  properties: z.looseObject({}).optional(),
});
