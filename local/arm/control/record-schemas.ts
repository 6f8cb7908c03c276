/** Records of a saved state, as far as the emulator looks into them: a wrong one must not come in. */
import { z } from "zod";
import { OPERATION_KINDS } from "../operations/operation.ts";

const id = z.string().startsWith("/");
const instant = z.iso.datetime();
const text = z.string();
const json = z.record(text, z.unknown());
const named = z.looseObject({ id, name: text });
const located = named.extend({ location: text });

const diskReference = z.looseObject({
  name: text,
  lun: z.int().optional(),
  diskId: id,
  createOption: text,
  deleteOption: text,
  caching: text,
  writeAcceleratorEnabled: z.boolean(),
  ephemeral: z.boolean(),
});

const virtualMachine = located.extend({
  vmId: z.guid(),
  timeCreated: instant,
  revision: z.number(),
  properties: json,
  disks: z.array(diskReference),
  powerState: z.enum(["running", "stopped", "deallocated"]),
  provisioningState: z.enum(["Creating", "Updating", "Succeeded", "Failed", "Deleting"]),
});

const disk = located.extend({
  sku: text,
  sizeInBytes: z.int().min(0),
  uniqueId: z.guid(),
  familyId: z.guid(),
  timeCreated: instant,
  creationData: json,
  properties: json,
  managedBy: z.array(text),
  provisioningState: z.enum(["Creating", "Updating", "Succeeded", "Deleting"]),
});

const diskRestorePoint = z.looseObject({
  name: text,
  source: disk,
  epoch: z.int().min(0),
  snapshot: text.optional(),
  familyId: z.guid(),
});

const restorePoint = located.extend({
  timeCreated: instant,
  completedAt: instant.optional(),
  excludeDiskIds: z.array(text),
  source: virtualMachine,
  provisioningState: z.enum(["Creating", "Succeeded", "Failed", "Deleting"]),
  disks: z.array(diskRestorePoint),
  copy: z.looseObject({ sourceRestorePointId: id, durationMs: z.number() }).optional(),
});

const collection = located.extend({
  collectionId: z.guid(),
  source: z.looseObject({ kind: z.enum(["virtualMachine", "collection"]), id, location: text }),
  provisioningState: z.enum(["Succeeded", "Deleting"]),
});

const operation = z.looseObject({
  id: z.guid(),
  kind: z.enum(OPERATION_KINDS),
  target: id,
  subscriptionId: text,
  location: text,
  input: json,
  request: z.looseObject({ method: text, url: text }),
  startTime: instant,
  dueAt: z.number().optional(),
  status: z.enum(["InProgress", "Succeeded", "Failed"]),
});

const access = z.looseObject({
  id,
  token: text.min(1),
  level: z.enum(["Read", "Write"]),
  startsAt: instant,
  signedUntil: instant,
  expiresAt: instant,
});

const pairs = z.array(z.tuple([z.int().min(0), z.int().min(0)]));
const change = z.union([
  z.tuple([z.literal("changed"), text, z.int(), pairs]),
  z.tuple([z.enum(["closed", "dropped"]), text]),
  z.tuple([z.literal("forgotten"), text, z.int()]),
]);

const of = (resource: z.ZodType) =>
  z.union([z.strictObject({ set: resource }), z.strictObject({ delete: text })]);

/** By part. Settings are checked where they are applied. */
const schemas: Readonly<Record<string, z.ZodType>> = {
  clock: z.strictObject({ ahead: z.number() }),
  resourceGroups: of(located.extend({ provisioningState: z.enum(["Succeeded", "Deleting"]) })),
  virtualMachines: of(virtualMachine),
  disks: of(disk),
  networkInterfaces: of(
    located.extend({ resourceGuid: text, revision: z.number(), properties: json }),
  ),
  virtualNetworks: of(
    located.extend({
      resourceGuid: text,
      revision: z.number(),
      properties: z.looseObject({
        addressSpace: z.looseObject({ addressPrefixes: z.array(text) }),
      }),
      subnets: z.array(
        z.looseObject({ name: text, properties: z.looseObject({ addressPrefix: text }) }),
      ),
    }),
  ),
  collections: of(collection),
  restorePoints: of(restorePoint),
  accesses: of(access),
  features: of(
    named.extend({ state: z.enum(["NotRegistered", "Pending", "Registered", "Unregistered"]) }),
  ),
  eventSubscriptions: of(named.extend({ properties: z.looseObject({ given: json }) })),
  operations: of(operation),
  changes: change,
  throttling: z.tuple([text, z.array(z.number()), z.number()]),
};

/** Throws, naming what is wrong. Of a step of the journal. */
export function checkRecords(step: readonly (readonly [part: string, record: unknown])[]): void {
  for (const [part, record] of step) {
    const parsed = schemas[part]?.safeParse(record);
    if (parsed && !parsed.success) throw new Error(`${part}: ${z.prettifyError(parsed.error)}`);
  }
}
