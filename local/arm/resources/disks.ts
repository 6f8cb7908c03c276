/** Microsoft.Compute/disks: managed disks with real bytes. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ArmError, invalidParameter, resourceNotFound } from "../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../http/arm-request.ts";
import { listAnswer, listed } from "../http/list-answer.ts";
import type { Route } from "../http/router.ts";
import { COMPUTE, COMPUTE_IN_SUBSCRIPTION, computeIdOf, groupIdOf } from "../paths.ts";
import { demandSameRegion, regionOf } from "../region.ts";
import { report } from "../report.ts";
import type { Disk, Emulator } from "../state.ts";
import { dropBytes } from "../unneeded-bytes.ts";
import { demandGroup } from "./resource-groups.ts";
import { tagsSchema } from "./tag-values.ts";

const DISK_TYPE = "Microsoft.Compute/disks";
const DISK = `${COMPUTE}/disks/{name}`;

const diskBody = z.looseObject({
  location: z.string().min(1),
  tags: tagsSchema,
  zones: z.array(z.string()).optional(),
  sku: z.looseObject({ name: z.string() }).optional(),
  properties: z.looseObject({
    osType: z.string().optional(),
    creationData: z.looseObject({ createOption: z.literal("Empty") }),
    diskSizeGB: z.int().min(1).max(65_536),
    maxShares: z.int().min(1).optional(),
  }),
});

const diskPatch = z.looseObject({
  tags: tagsSchema,
  sku: z.looseObject({ name: z.string() }).optional(),
  properties: z.looseObject({ diskSizeGB: z.int().max(65_536).optional() }).optional(),
});

export const diskRoutes = (emulator: Emulator): Route[] => [
  { method: "PUT", template: DISK, handler: put(emulator) },
  { method: "PATCH", template: DISK, handler: patch(emulator) },
  { method: "GET", template: DISK, handler: get(emulator) },
  { method: "DELETE", template: DISK, handler: remove(emulator) },
  { method: "GET", template: `${COMPUTE}/disks`, handler: listInGroup(emulator) },
  { method: "GET", template: `${COMPUTE_IN_SUBSCRIPTION}/disks`, handler: listAll(emulator) },
];

const idOf = (request: ArmRequest): string =>
  computeIdOf(request, `disks/${param(request, "name")}`);

export interface NewDisk {
  readonly id: string;
  readonly location: string;
  readonly sizeInGB: number;
  readonly sku: string;
  readonly osType?: string | undefined;
  readonly zones?: readonly string[] | undefined;
  readonly maxShares?: number | undefined;
  readonly tags?: Disk["tags"];
}

/** Makes an empty disk, also for a VM that brings its disks with it. */
export async function createDisk({ state, bytes }: Emulator, disk: NewDisk): Promise<Disk> {
  return state.disks.set({
    id: disk.id,
    name: disk.id.slice(disk.id.lastIndexOf("/") + 1),
    location: disk.location,
    tags: disk.tags,
    zones: disk.zones,
    sku: disk.sku,
    sizeInGB: disk.sizeInGB,
    osType: disk.osType,
    maxShares: disk.maxShares ?? 1,
    uniqueId: randomUUID(),
    familyId: randomUUID(),
    timeCreated: new Date(),
    bytes: await bytes.create(disk.sizeInGB),
  });
}

const put =
  (emulator: Emulator): Handler =>
  async (request) => {
    demandGroup(emulator, request);
    const { location, tags, zones, sku, properties } = parseBody(diskBody, request);
    const id = idOf(request);
    const existing = emulator.state.disks.get(id);
    if (existing) {
      demandSameRegion(existing, location);
      return await change(emulator, request, existing, properties.diskSizeGB, tags);
    }
    const { osType, diskSizeGB: sizeInGB, maxShares } = properties;
    const name = sku?.name ?? "Standard_LRS";
    const made = { id, location, tags, zones, sku: name, sizeInGB, osType, maxShares };
    const disk = await createDisk(emulator, made);
    report(emulator, request, `${DISK_TYPE}/write`, renderDisk(disk));
    return { status: 200, body: renderDisk(disk) };
  };

const patch =
  (emulator: Emulator): Handler =>
  async (request) => {
    const disk = demandDisk(emulator, request);
    const { tags, sku, properties } = parseBody(diskPatch, request);
    if (sku) disk.sku = sku.name;
    return await change(emulator, request, disk, properties?.diskSizeGB ?? disk.sizeInGB, tags);
  };

async function change(
  emulator: Emulator,
  request: ArmRequest,
  disk: Disk,
  sizeInGB: number,
  tags: Disk["tags"],
) {
  if (sizeInGB < disk.sizeInGB) throw invalidParameter("diskSizeGB: a disk cannot shrink.");
  if (sizeInGB > disk.sizeInGB) await emulator.bytes.resize(disk.bytes, sizeInGB);
  disk.sizeInGB = sizeInGB;
  if (tags) disk.tags = tags;
  report(emulator, request, `${DISK_TYPE}/write`, renderDisk(disk), { existed: true });
  return { status: 200, body: renderDisk(disk) };
}

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: renderDisk(demandDisk(emulator, request)) });

/** The bytes stay while there are disk restore points, which are snapshots of them. */
const remove =
  (emulator: Emulator): Handler =>
  async (request) => {
    const disk = emulator.state.disks.get(idOf(request));
    if (disk === undefined) return { status: 204 };
    const user = emulator.state.virtualMachines
      .all()
      .find(({ disks }) =>
        disks.some(({ diskId }) => diskId.toLowerCase() === disk.id.toLowerCase()),
      );
    if (user) {
      const message = `Disk ${disk.name} is attached to VM ${user.id}.`;
      throw new ArmError(409, "OperationNotAllowed", message);
    }
    emulator.state.disks.delete(disk.id);
    await dropBytes(emulator, [disk]);
    report(emulator, request, `${DISK_TYPE}/delete`, renderDisk(disk), { existed: true });
    return { status: 200 };
  };

const listInGroup =
  ({ state }: Emulator): Handler =>
  (request) =>
    listAnswer(request, state.disks.under(`${groupIdOf(request)}/`), renderListed);

const listAll =
  ({ state }: Emulator): Handler =>
  (request) =>
    listAnswer(
      request,
      state.disks.under(`/subscriptions/${param(request, "subscriptionId")}/`),
      renderListed,
    );

function demandDisk({ state }: Emulator, request: ArmRequest): Disk {
  const disk = state.disks.get(idOf(request));
  if (disk) return disk;
  throw resourceNotFound(DISK_TYPE, param(request, "name"), param(request, "resourceGroup"));
}

const renderListed = (disk: Disk) => listed(renderDisk(disk));

const renderDisk = (disk: Disk) => ({
  id: disk.id,
  name: disk.name,
  type: DISK_TYPE,
  location: regionOf(disk.location),
  ...(disk.tags ? { tags: disk.tags } : {}),
  ...(disk.zones ? { zones: disk.zones } : {}),
  sku: { name: disk.sku },
  properties: {
    ...(disk.osType ? { osType: disk.osType } : {}),
    creationData: { createOption: "Empty" },
    diskSizeGB: disk.sizeInGB,
    diskSizeBytes: disk.sizeInGB * 1024 ** 3,
    ...(disk.maxShares > 1 ? { maxShares: disk.maxShares } : {}),
    uniqueId: disk.uniqueId,
    timeCreated: disk.timeCreated.toISOString(),
    provisioningState: "Succeeded",
  },
});
