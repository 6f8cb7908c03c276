/** The disks that a restore would make, and what our records say against them. Pure. */
import { nameOfResource } from "../fleet/resource-id.ts";
import type { Point } from "../fleet/restore-point.ts";
import { vmNameOf } from "../fleet/vm-key.ts";
import { type OperationId, vmOfOperation } from "../operations/operation-id.ts";
import { isDirectDrive } from "./disk-skus.ts";
import type { RestoredResource, RestoreProblem } from "./restore.ts";
import type { RestoreRequest } from "./restore-request.ts";
import type { RestoreSource } from "./restore-source.ts";
import { filledIn, isResourceName } from "./restored-names.ts";

type PointDisk = Point["disks"][number];
type Wanted = NonNullable<RestoreRequest["disks"]>[number];

interface DraftedDisks {
  readonly resources: readonly RestoredResource[];
  readonly problems: readonly RestoreProblem[];
}

/** When nobody says otherwise, and Azure did not tell, as of a VM that was deallocated. */
const USUAL_SKU = "StandardSSD_LRS";

export function draftDisks(
  request: RestoreRequest,
  { row, model }: RestoreSource,
  id: OperationId,
): DraftedDisks {
  const { disks: wanted = [] } = request;
  const chosen = wanted.map((each) => row.disks.find((disk) => isMeant(each, disk)));
  const problems: RestoreProblem[] = [];
  for (const [index, disk] of chosen.entries()) {
    const target = `disks[${index}]`;
    if (disk === undefined) {
      const message = `The restore point has no such disk. It has ${row.disks.map(nameWithLun).join(", ")}.`;
      problems.push({ code: "DiskNotInRestorePoint", message, target });
    } else if (chosen.indexOf(disk) < index) {
      problems.push({ code: "DiskNamedTwice", message: "The disk is named twice.", target });
    } else {
      problems.push(...sizeProblem(wanted[index], disk, target));
    }
  }
  const ofAll = request.kind === "vm" || request.disks === undefined;
  const restored = ofAll ? osFirst(row.disks) : chosen.filter((disk) => disk !== undefined);
  const resources = [...new Set(restored)].map((disk) => {
    const own = wanted[chosen.indexOf(disk)];
    return draftDisk(disk, { request, own, model }, id);
  });
  const all = [
    ...nameProblems(resources),
    ...lacks(row, request),
    ...osProblems(resources, request),
  ];
  return { resources, problems: [...problems, ...all] };
}

const isMeant = ({ disk: name, lun, os }: Wanted, disk: PointDisk): boolean => {
  if (os) return disk.lun === undefined;
  if (lun !== undefined) return disk.lun === lun;
  return disk.name.toLowerCase() === name?.toLowerCase();
};

const nameWithLun = ({ name, lun }: PointDisk): string =>
  `${name} (${lun === undefined ? "os" : `lun ${lun}`})`;

const osFirst = (disks: readonly PointDisk[]): PointDisk[] =>
  [...disks].sort((one, other) => (one.lun ?? -1) - (other.lun ?? -1));

interface Choice {
  readonly request: RestoreRequest;
  readonly own: Wanted | undefined;
  readonly model: RestoreSource["model"];
}

function draftDisk(
  disk: PointDisk,
  { request, own, model }: Choice,
  id: OperationId,
): RestoredResource {
  const { name: source, lun, diskRestorePointId = "" } = disk;
  const vm = vmNameOf(vmOfOperation(id)).name;
  const sku = own?.sku ?? request.sku ?? recordedSku(model, lun) ?? USUAL_SKU;
  const { sizeInGB } = own ?? {};
  return {
    role: "disk",
    name: filledIn(request.diskNames, { disk: source, vm, lun, id }),
    disk: {
      source,
      ...(lun === undefined ? {} : { lun }),
      sku,
      ...(sizeInGB === undefined ? {} : { sizeInGB }),
      from: nameOfResource(diskRestorePointId),
    },
    state: "Waiting",
  };
}

function recordedSku(model: RestoreSource["model"], lun: number | undefined): string | undefined {
  const { osDisk, dataDisks } = model?.storageProfile ?? {};
  const disk = lun === undefined ? osDisk : dataDisks?.find((each) => each.lun === lun);
  return disk?.managedDisk?.storageAccountType;
}

function sizeProblem(own: Wanted | undefined, disk: PointDisk, target: string): RestoreProblem[] {
  const { sizeInGB: source } = disk;
  if (own?.sizeInGB === undefined || source === undefined || own.sizeInGB >= source) return [];
  const message = `The disk has ${source} GB, and Azure restores none to a smaller one.`;
  return [{ code: "DiskSizeTooSmall", message, target: `${target}.sizeInGB` }];
}

function nameProblems(resources: readonly RestoredResource[]): RestoreProblem[] {
  const names = resources.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) < index);
  const wrong = resources.find(({ name }) => !isResourceName(name));
  const problem = (message: string): RestoreProblem[] => [
    { code: "InvalidDiskNames", message, target: "diskNames" },
  ];
  if (wrong) return problem(`Azure takes no disk of the name ${wrong.name}.`);
  if (twice) return problem(`Two disks would have the name ${twice}: add {disk} or {lun}.`);
  return [];
}

/** https://learn.microsoft.com/azure/virtual-machines/disks-types */
const LARGEST_OS_DISK_GB = 4095;

function osProblems(
  resources: readonly RestoredResource[],
  { kind }: RestoreRequest,
): RestoreProblem[] {
  const { disk } = resources.find((each) => each.disk && each.disk.lun === undefined) ?? {};
  if (kind === "disks" || disk === undefined) return [];
  const problems: RestoreProblem[] = [];
  if (isDirectDrive(disk.sku)) {
    const message = `A VM does not start from a disk of ${disk.sku}: name another SKU for the OS disk.`;
    problems.push({ code: "OsDiskSku", message, target: "sku" });
  }
  if ((disk.sizeInGB ?? 0) > LARGEST_OS_DISK_GB) {
    const message = `An OS disk has at most ${LARGEST_OS_DISK_GB} GB.`;
    problems.push({ code: "OsDiskTooLarge", message, target: "disks" });
  }
  return problems;
}

/** A whole VM starts from its OS disk, and no disk is restored from what Azure has not told yet. */
function lacks({ disks, state }: RestoreSource["row"], { kind }: RestoreRequest): RestoreProblem[] {
  // Of what is not ready that is no news.
  const ready = state === "Succeeded" ? disks : [];
  const unreadable = ready.filter(({ diskRestorePointId }) => diskRestorePointId === undefined);
  const problems = unreadable.map(({ name }) => ({
    code: "DiskNotReady",
    message: `Azure has not told yet what disk ${name} is restored from.`,
    target: "point",
  }));
  if (kind === "disks" || disks.some(({ lun }) => lun === undefined)) return problems;
  const message = "The OS disk is not in the restore point; its disks can be restored.";
  return [...problems, { code: "OsDiskNotInRestorePoint", message, target: "kind" }];
}
