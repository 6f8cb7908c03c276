/** The body of a virtual machine's PUT and PATCH, as far as the emulator looks into it. */
import { z } from "zod";
import { tagsSchema } from "./tag-values.ts";

const managedDisk = z.looseObject({
  id: z.string().optional(),
  storageAccountType: z.string().optional(),
});

const attachedDisk = z.looseObject({
  name: z.string().min(1).optional(),
  createOption: z.enum(["FromImage", "Empty", "Attach"]),
  caching: z.enum(["None", "ReadOnly", "ReadWrite"]).optional(),
  diskSizeGB: z.int().min(1).max(65_536).optional(),
  managedDisk: managedDisk.optional(),
  writeAcceleratorEnabled: z.boolean().optional(),
});
export type AttachedDiskBody = z.infer<typeof attachedDisk>;

export const virtualMachineBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  zones: z.array(z.string()).optional(),
  identity: z.unknown().optional(),
  properties: z.looseObject({
    storageProfile: z.looseObject({
      osDisk: attachedDisk.extend({
        osType: z.enum(["Linux", "Windows"]).optional(),
        diffDiskSettings: z.looseObject({ option: z.literal("Local") }).optional(),
      }),
      dataDisks: z.array(attachedDisk.extend({ lun: z.int().min(0).max(63) })).default([]),
    }),
  }),
});
export type VirtualMachineBody = z.infer<typeof virtualMachineBody>;

export const virtualMachinePatch = z.looseObject({ tags: tagsSchema });
