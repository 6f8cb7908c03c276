/** Makes a disk: empty, to be uploaded to, or with the bytes of another disk or of a disk restore point. */
import { randomUUID } from "node:crypto";
import type { BytesAt } from "../../bytes/disk-bytes.ts";
import { PAGE } from "../../bytes/page-blobs.ts";
import type { Emulator } from "../../emulator.ts";
import { ArmError, invalidParameter, notAllowed } from "../../http/arm-error.ts";
import { rooted } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { demandRestorable } from "../../rules/restorable.ts";
import type { Disk } from "../../state/state.ts";
import { bytesOfDiskRestorePoint, findDiskRestorePoint } from "../restore-points/find.ts";
import { type CreationData, type DiskBody, keptProperties } from "./body.ts";
import { GIB } from "./size.ts";

const PATH = "properties.creationData.sourceResourceId";
/** Of a VHD: uploaded with the disk, and no part of it. */
const FOOTER = 512;
const DEFAULT_SKU = "Standard_LRS";

interface Source {
  readonly sizeInBytes: number;
  /** Undefined when nothing was ever written. */
  readonly bytes: BytesAt | undefined;
  /** The share of the bytes that is there: less than 1 for a copy under way. */
  readonly arrived: number;
  readonly from: Disk;
  readonly id: string;
  readonly isThere: () => boolean;
}

/** The disk is in the state, with its bytes, or it throws and nothing is left. */
export async function createDisk(
  emulator: Emulator,
  { id, name, body }: { readonly id: string; readonly name: string; readonly body: DiskBody },
): Promise<Disk> {
  const { creationData } = body.properties;
  const source = sourceOf(emulator, creationData, body);
  const disk: Disk = {
    id,
    name,
    location: regionOf(body.location),
    tags: body.tags,
    zones: body.zones ?? undefined,
    sku: body.sku?.name ?? DEFAULT_SKU,
    sizeInBytes: sizeOf(body, source),
    managedBy: [],
    uniqueId: randomUUID(),
    familyId: randomUUID(),
    timeCreated: emulator.clock.iso(),
    creationData,
    properties: { ...inherited(source), ...keptProperties(body.properties) },
    ...(creationData.createOption === "Upload" ? { upload: "ReadyToUpload" as const } : {}),
    provisioningState: "Creating",
  };
  if (source?.bytes) await copyBytes(emulator, source, source.bytes, disk);
  return disk;
}

async function copyBytes({ bytes }: Emulator, source: Source, from: BytesAt, disk: Disk) {
  try {
    await bytes.copy(from, disk);
    if (source.arrived < 1) {
      const arrived = Math.floor((source.sizeInBytes * source.arrived) / PAGE) * PAGE;
      await bytes.clear(disk, arrived, disk.sizeInBytes - arrived);
    }
    // When it was deleted meanwhile, its bytes may have been gone before they were copied.
    if (!source.isThere()) throw sourceNotFound(source.id);
  } catch (error) {
    await bytes.diskDeleted(disk.uniqueId);
    throw source.isThere() ? error : sourceNotFound(source.id);
  }
}

function sourceOf(
  emulator: Emulator,
  creationData: CreationData,
  body: DiskBody,
): Source | undefined {
  switch (creationData.createOption) {
    case "Empty":
    case "Upload":
      return undefined;
    case "Copy":
      return sourceDisk(emulator, rooted(creationData.sourceResourceId), body);
    case "Restore":
      return sourcePoint(emulator, rooted(creationData.sourceResourceId), body);
    default:
      return creationData satisfies never;
  }
}

function sourceDisk({ state, bytes }: Emulator, id: string, { location }: DiskBody): Source {
  const from = state.disks.get(id);
  if (from === undefined) throw sourceNotFound(id);
  demandSameLocation(from.location, location);
  if (from.upload) throw notAllowed(`Disk ${from.name} has not been uploaded yet.`);
  const { sizeInBytes, uniqueId } = from;
  const isThere = () => state.disks.get(id)?.uniqueId === uniqueId;
  return { sizeInBytes, bytes: bytes.current(from), arrived: 1, from, id, isThere };
}

function sourcePoint(emulator: Emulator, id: string, body: DiskBody): Source {
  const found = findDiskRestorePoint(emulator, id);
  if (found === undefined) throw sourceNotFound(id);
  const { point, disk } = found;
  demandSameLocation(point.location, body.location);
  const { sizeInBytes } = disk.source;
  const restored = {
    sku: body.sku?.name ?? DEFAULT_SKU,
    sizeInBytes: (body.properties.diskSizeGB ?? 0) * GIB || sizeInBytes,
  };
  const arrived = demandRestorable(emulator, point, disk, restored);
  const isThere = () => findDiskRestorePoint(emulator, id) !== undefined;
  const from = disk.source;
  return { sizeInBytes, bytes: bytesOfDiskRestorePoint(disk), arrived, from, id, isThere };
}

function demandSameLocation(source: string, asked: string): void {
  if (regionOf(source) === regionOf(asked)) return;
  throw invalidParameter(
    "location",
    `the source is in ${regionOf(source)}; a disk is made where its source is.`,
  );
}

const sourceNotFound = (id: string): ArmError =>
  new ArmError(404, "NotFound", `Resource ${id} is not found.`, { target: PATH });

function sizeOf({ properties }: DiskBody, source: Source | undefined): number {
  const { creationData, diskSizeGB } = properties;
  if (creationData.createOption === "Upload") return creationData.uploadSizeBytes - FOOTER;
  const asked = diskSizeGB ? diskSizeGB * GIB : undefined;
  if (source === undefined) {
    if (asked === undefined) throw invalidParameter("properties.diskSizeGB", "is required.");
    return asked;
  }
  if (asked === undefined || asked >= source.sizeInBytes) return asked ?? source.sizeInBytes;
  throw invalidParameter(
    "properties.diskSizeGB",
    `${diskSizeGB} GB is smaller than the source, which has ${source.sizeInBytes} bytes.`,
  );
}

/** What a disk has because its source has it. */
const INHERITED = ["osType", "hyperVGeneration", "securityProfile"];

const inherited = (source: Source | undefined) =>
  Object.fromEntries(
    Object.entries(source?.from.properties ?? {}).filter(([name]) => INHERITED.includes(name)),
  );
