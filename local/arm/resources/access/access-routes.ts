/** beginGetAccess and endGetAccess of disks and disk restore points. */

import type { Emulator } from "../../emulator.ts";
import { acceptedAnswer } from "../../http/accepted.ts";
import { ArmError, invalidParameter, notAllowed } from "../../http/arm-error.ts";
import { type ArmRequest, type Handler, parseBody } from "../../http/arm-request.ts";
import type { ArmRoute } from "../../http/route.ts";
import { DISK, DISK_RESTORE_POINT } from "../../paths.ts";
import { regionOf } from "../../region.ts";
import { factsOf } from "../../report.ts";
import { diskAccessRefusal } from "../../rules/disk-access.ts";
import { demandExportable, tooManyInFamily } from "../../rules/exportable.ts";
import type { Disk } from "../../state/state.ts";
import { DISKS_SINCE } from "../../versions/since.ts";
import { demandDisk } from "../disks/disks.ts";
import { demandDiskRestorePoint } from "../restore-points/disk-restore-points.ts";
import { idOfDisk } from "../restore-points/find.ts";
import { startOperation } from "../shared/start-operation.ts";
import { type GrantAccessBody, grantAccessBody } from "./body.ts";
import { grantedAccess, revokedAccess } from "./grant-access.ts";

export const accessRoutes = (emulator: Emulator): ArmRoute[] => {
  emulator.operations.behave("beginGetAccess", grantedAccess(emulator));
  emulator.operations.behave("endGetAccess", revokedAccess(emulator));
  const common = { method: "POST", versions: "disks", since: DISKS_SINCE } as const;
  const begin = { ...common, type: "grantAccessData", answers: "accessUri" } as const;
  return [
    { ...begin, template: `${DISK}/beginGetAccess`, handler: beginOnDisk(emulator) },
    { ...common, template: `${DISK}/endGetAccess`, handler: endOnDisk(emulator) },
    { ...begin, template: `${DISK_RESTORE_POINT}/beginGetAccess`, handler: beginOnPoint(emulator) },
    { ...common, template: `${DISK_RESTORE_POINT}/endGetAccess`, handler: endOnPoint(emulator) },
  ];
};

const beginOnPoint =
  (emulator: Emulator): Handler =>
  (request) => {
    const found = demandDiskRestorePoint(emulator, request);
    const asked = parseBody(grantAccessBody, request);
    demandExportable(emulator, found, asked);
    const tooMany = tooManyInFamily(emulator, found);
    if (tooMany) throw new ArmError(409, tooMany.code, tooMany.message);
    const target = { id: idOfDisk(found.point, found.disk), location: found.point.location };
    return begin(emulator, request, target, asked);
  };

const beginOnDisk =
  (emulator: Emulator): Handler =>
  (request) => {
    const disk = demandDisk(emulator, request);
    const asked = parseBody(grantAccessBody, request);
    demandDiskAccess(emulator, disk, asked);
    return begin(emulator, request, disk, asked);
  };

function demandDiskAccess(emulator: Emulator, disk: Disk, { access }: GrantAccessBody): void {
  if (access === "None") throw invalidParameter("access", "must be Read or Write.");
  const refusal = diskAccessRefusal(emulator, disk, access);
  if (refusal) throw notAllowed(refusal.message);
}

interface Target {
  readonly id: string;
  readonly location: string;
  /** Of a disk: another disk of the same name is another one. */
  readonly uniqueId?: string;
}

function begin(
  emulator: Emulator,
  request: ArmRequest,
  { id, location, uniqueId }: Target,
  { access, durationInSeconds }: GrantAccessBody,
) {
  const operation = startOperation(emulator, {
    kind: "beginGetAccess",
    target: id,
    location: regionOf(location),
    input: { level: access, seconds: durationInSeconds, uniqueId },
    request: factsOf(request),
    ms: emulator.settings.accessMs,
  });
  return acceptedAnswer(emulator, request, operation, { provider: "DiskOperations" });
}

const endOnPoint =
  (emulator: Emulator): Handler =>
  (request) => {
    const { point, disk } = demandDiskRestorePoint(emulator, request);
    return end(emulator, request, { id: idOfDisk(point, disk), location: point.location });
  };

const endOnDisk =
  (emulator: Emulator): Handler =>
  (request) =>
    end(emulator, request, demandDisk(emulator, request));

/** Also when there is nothing to end. */
function end(emulator: Emulator, request: ArmRequest, { id, location, uniqueId }: Target) {
  const operation = startOperation(emulator, {
    kind: "endGetAccess",
    target: id,
    location: regionOf(location),
    input: { uniqueId },
    request: factsOf(request),
    ms: emulator.settings.accessMs,
  });
  return acceptedAnswer(emulator, request, operation, { provider: "DiskOperations" });
}
