/** Microsoft.Compute/disks: managed disks with real bytes. */

import type { Emulator } from "../../emulator.ts";
import { type AcceptedOptions, acceptedAnswer } from "../../http/accepted.ts";
import { notAllowed, resourceNotFound } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, param, parseBody } from "../../http/arm-request.ts";
import { listAnswer, listed } from "../../http/list-answer.ts";
import type { ArmRoute } from "../../http/route.ts";
import {
  COMPUTE,
  COMPUTE_IN_SUBSCRIPTION,
  computeIdOf,
  DISK,
  groupIdOf,
  subscriptionIdOf,
} from "../../paths.ts";
import { demandRegion, demandSameRegion, regionOf } from "../../region.ts";
import { factsOf } from "../../report.ts";
import { activeAccessOf } from "../../rules/active-access.ts";
import type { Disk } from "../../state/state.ts";
import { DISKS_SINCE } from "../../versions/since.ts";
import { startOperation } from "../shared/start-operation.ts";
import { demandZones } from "../skus/zones.ts";
import { diskBody, diskPatch, existingDiskBody, keptProperties } from "./body.ts";
import { createDisk } from "./create-disk.ts";
import { deletedDisk, writtenDisk } from "./disk-operations.ts";
import { growDisk } from "./grow-disk.ts";
import { DISK_TYPE, renderDisk } from "./render.ts";
import { demandSameOrigin } from "./same-origin.ts";

export const diskRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("writeDisk", writtenDisk(emulator));
  emulator.operations.behave("deleteDisk", deletedDisk(emulator));
  const common = { versions: "disks", since: DISKS_SINCE, type: "disk" } as const;
  const one = { ...common, template: DISK };
  const list = { ...common, method: "GET", budget: "highCostGet" } as const;
  return [
    { ...one, method: "PUT", handler: put(emulator) },
    { ...one, method: "PATCH", handler: patch(emulator) },
    { ...one, method: "GET", handler: get(emulator) },
    { ...one, method: "DELETE", handler: remove(emulator) },
    {
      ...list,
      template: `${COMPUTE}/disks`,
      handler: listIn(emulator, (request) => `${groupIdOf(request)}/`),
    },
    {
      ...list,
      template: `${COMPUTE_IN_SUBSCRIPTION}/disks`,
      handler: listIn(emulator, (request) => `${subscriptionIdOf(request)}/`),
    },
  ];
};

const idOf = (request: ArmRequest): string =>
  computeIdOf(request, `disks/${param(request, "name")}`);

const put =
  (emulator: Emulator): Handler =>
  async (request) => {
    const before = emulator.state.disks.get(idOf(request));
    if (before === undefined) {
      const body = parseBody(diskBody, request);
      demandRegion(body.location);
      demandZones({ ...body, resource: `${DISK_TYPE}/${param(request, "name")}` });
      const made = { id: idOf(request), name: param(request, "name"), body };
      const disk = await createDisk(emulator, made);
      const isTaken = emulator.state.disks.get(disk.id) !== undefined;
      if (isTaken || emulator.state.resourceGroups.get(groupIdOf(request)) === undefined) {
        // Another request was faster while the bytes were copied.
        await emulator.bytes.diskDeleted(disk.uniqueId);
        const reason = isTaken ? "being created by another request" : "in a group that is gone";
        throw notAllowed(`Disk ${disk.name} is ${reason}.`);
      }
      return await accept(emulator, request, emulator.state.disks.set(disk), false);
    }
    const body = parseBody(existingDiskBody, request);
    demandRegion(body.location);
    demandSameRegion(before, body.location);
    demandSameOrigin(before.creationData, body.properties.creationData);
    const { tags, sku, properties } = body;
    return await change(emulator, request, before, { tags, sku, properties });
  };

const patch =
  (emulator: Emulator): Handler =>
  async (request) => {
    const before = demandDisk(emulator, request);
    const { tags = before.tags, sku, properties } = parseBody(diskPatch, request);
    return await change(emulator, request, before, { tags, sku, properties });
  };

interface Change {
  readonly tags: Disk["tags"];
  readonly sku?: { readonly name: string } | null | undefined;
  readonly properties?: { readonly diskSizeGB?: number | null | undefined } | undefined;
}

async function change(
  emulator: Emulator,
  request: ArmRequest,
  before: Disk,
  { tags, sku, properties = {} }: Change,
) {
  demandNotDeleting(before);
  // It may be attached, detached, grown or deleted meanwhile.
  const latest = () => {
    const disk = demandDisk(emulator, request);
    demandNotDeleting(disk);
    if (disk.uniqueId !== before.uniqueId) throw notAllowed(`Disk ${before.name} is another one.`);
    return disk;
  };
  const { diskSizeGB } = properties;
  if (diskSizeGB) await growDisk(emulator, latest, diskSizeGB);
  const current = latest();
  const changed: Disk = {
    ...current,
    tags,
    sku: sku?.name ?? current.sku,
    properties: { ...current.properties, ...keptProperties(properties) },
    provisioningState: "Updating",
  };
  return accept(emulator, request, emulator.state.disks.set(changed), true);
}

function demandNotDeleting({ name, provisioningState }: Disk): void {
  if (provisioningState === "Deleting") throw notAllowed(`Disk ${name} is being deleted.`);
}

function accept(emulator: Emulator, request: ArmRequest, disk: Disk, existed: boolean) {
  const body = renderDisk(emulator, disk);
  return start(emulator, request, disk, { kind: "writeDisk", input: { existed } }, { body });
}

const start = (
  emulator: Emulator,
  request: ArmRequest,
  disk: Disk,
  { kind, input }: { readonly kind: "writeDisk" | "deleteDisk"; readonly input: object },
  options: AcceptedOptions = {},
) => {
  const operation = startOperation(emulator, {
    kind,
    target: disk.id,
    location: regionOf(disk.location),
    input: { ...input, uniqueId: disk.uniqueId },
    request: factsOf(request),
    ms: emulator.settings.diskWriteMs,
  });
  return acceptedAnswer(emulator, request, operation, { provider: "DiskOperations", ...options });
};

const get =
  (emulator: Emulator): Handler =>
  (request) => ({ status: 200, body: renderDisk(emulator, demandDisk(emulator, request)) });

const remove =
  (emulator: Emulator): Handler =>
  (request) => {
    const { state } = emulator;
    const disk = state.disks.get(idOf(request));
    if (disk === undefined) return { status: 204 };
    const [owner] = disk.managedBy;
    if (owner) throw notAllowed(`Disk ${disk.name} is attached to VM ${owner}.`);
    if (activeAccessOf(emulator, disk.id)) {
      throw notAllowed(
        `There is an active shared access signature outstanding for disk ${disk.name}. Call EndGetAccess before deleting the disk. To learn more, visit: aka.ms/revokeaccessapi.`,
      );
    }
    state.disks.set({ ...disk, provisioningState: "Deleting" });
    return start(emulator, request, disk, { kind: "deleteDisk", input: {} });
  };

const listIn =
  (emulator: Emulator, prefixOf: (request: ArmRequest) => string): Handler =>
  (request) =>
    listAnswer(request, emulator.state.disks, prefixOf(request), (disk) =>
      listed(renderDisk(emulator, disk)),
    );

/** Throws ARM's 404 when the disk of the request does not exist. */
export function demandDisk({ state }: Emulator, request: ArmRequest): Disk {
  const disk = state.disks.get(idOf(request));
  if (disk) return disk;
  throw resourceNotFound(DISK_TYPE, param(request, "name"), param(request, "resourceGroup"));
}
