/** The body of a virtual machine's PUT and PATCH, as far as the emulator looks into it. */
import { z } from "zod";
import { integer } from "../shared/integer.ts";
import { oneOf } from "../shared/one-of.ts";
import { tagsSchema } from "../shared/tags.ts";

const managedDisk = z.looseObject({
  id: z.string().optional(),
  storageAccountType: z.string().optional(),
});

/** It becomes part of an id. */
const diskName = z
  .string()
  .regex(/^[^<>%&:\\?/#\p{Cc}]{1,260}$/u, { error: "has characters that no name has" });

const attachedDisk = z.looseObject({
  name: diskName.optional(),
  createOption: oneOf(["FromImage", "Empty", "Attach"]),
  deleteOption: oneOf(["Delete", "Detach"]).optional(),
  caching: oneOf(["None", "ReadOnly", "ReadWrite"]).optional(),
  diskSizeGB: integer.pipe(z.int().min(1).max(65_536)).optional(),
  managedDisk: managedDisk.optional(),
  vhd: z.unknown().optional(),
  writeAcceleratorEnabled: z.boolean().optional(),
  toBeDetached: z.boolean().nullish(),
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

const networkInterface = z.looseObject({
  id: z.string().optional(),
  properties: z
    .looseObject({
      primary: z.boolean().nullish(),
      deleteOption: oneOf(["Delete", "Detach"]).nullish(),
    })
    .nullish(),
});
const networkProfile = z.looseObject({
  networkInterfaces: z.array(networkInterface).nullish(),
});
export type NetworkProfile = z.infer<typeof networkProfile>;

const text = z.string().nullish();
const osProfile = z.looseObject({
  computerName: text,
  adminUsername: text,
  adminPassword: text,
  customData: text,
});
const bootDiagnostics = z.looseObject({ enabled: z.boolean().nullish(), storageUri: text });
const securityProfile = z.looseObject({
  securityType: z.string().optional(),
  encryptionAtHost: z.boolean().nullish(),
});

export const virtualMachineBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  zones: z.array(z.string()).nullish(),
  identity: z.looseObject({ type: z.string().optional() }).nullish(),
  plan: z.looseObject({}).nullish(),
  properties: z.looseObject({
    hardwareProfile: z.looseObject({ vmSize: z.string().optional() }).nullish(),
    osProfile: osProfile.nullish(),
    networkProfile: networkProfile.nullish(),
    securityProfile: securityProfile.nullish(),
    diagnosticsProfile: z.looseObject({ bootDiagnostics: bootDiagnostics.nullish() }).nullish(),
    licenseType: text,
    userData: text,
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
