/**
 * What a restore would make, from our records alone, and all that these say against it. Pure. What Azure has to be asked
 * is in `check-restore.ts`.
 */
import type { Actor } from "../audit/audit-entry.ts";
import { isBeingDeleted } from "../fleet/deletion.ts";
import { vmNameOf } from "../fleet/vm-key.ts";
import { type OperationId, vmOfOperation } from "../operations/operation-id.ts";
import { draftDisks } from "./draft-disks.ts";
import { type Restore, type RestoredResource, type RestoreProblem, shortIdOf } from "./restore.ts";
import { MOST_TAGS, type RestoreRequest } from "./restore-request.ts";
import type { RestoreSource } from "./restore-source.ts";

export interface Asked {
  readonly id: OperationId;
  readonly by: Actor;
  /** Whether a partner's record says what they may do. */
  readonly partner: boolean;
  readonly correlationId: string;
  readonly at: Date;
}

export interface Draft {
  readonly restore: Restore;
  readonly problems: readonly RestoreProblem[];
}

/** What our records say against it, then what Azure says and they do not. */
export function withAzures(
  { problems }: Draft,
  azures: readonly RestoreProblem[],
): readonly RestoreProblem[] {
  const isNew = ({ code, target }: RestoreProblem): boolean =>
    !problems.some((each) => each.code === code && each.target === target);
  return [...problems, ...azures.filter(isNew)];
}

export function draftRestore(
  request: RestoreRequest,
  { row, model }: RestoreSource,
  { id, by, partner, correlationId, at }: Asked,
): Draft {
  const vm = vmOfOperation(id);
  const isCopy = "region" in row;
  const location = isCopy ? row.region : row.location;
  const zone = zoneOf(request, isCopy ? undefined : model?.zones?.[0]);
  const disks = draftDisks(request, { row, model }, id);
  const whole = request.kind === "vm" ? draftVm(request, model, id) : { problems: [] };
  const { resources = [], problems: ofVm, ...vmFields } = whole;
  const restore: Restore = {
    id,
    vm,
    kind: request.kind,
    point: isCopy ? row.point : row.name,
    slot: row.slot,
    ...(isCopy ? { region: row.region } : {}),
    restorePointId: row.restorePointId,
    resourceGroup: request.resourceGroup ?? vmNameOf(vm).resourceGroup,
    location,
    ...(zone === undefined ? {} : { zone }),
    ...vmFields,
    onFailure: request.onFailure,
    state: "Checking",
    attempt: 1,
    resources: [...disks.resources, ...resources],
    by,
    partner,
    correlationId,
    requestedAt: at.toISOString(),
  };
  return { restore, problems: [...readiness(row), ...disks.problems, ...ofVm] };
}

function zoneOf({ zone }: RestoreRequest, recorded: string | undefined): string | undefined {
  return zone === "none" ? undefined : (zone ?? recorded);
}

function readiness(row: RestoreSource["row"]): RestoreProblem[] {
  const target = "region" in row ? "region" : "point";
  const what = "region" in row ? "copy" : "restore point";
  if (isBeingDeleted(row)) {
    const message = `The ${what} is about to be deleted.`;
    return [{ code: "RestorePointBeingDeleted", message, target }];
  }
  switch (row.state) {
    case "Succeeded":
      return [];
    case "Creating":
      return [stillBeing("RestorePointNotReady", "The restore point is still being made.", target)];
    case "Copying":
      return [stillBeing("CopyIncomplete", "The copy is not complete yet.", target)];
    default: {
      const message = `The ${what} has failed, so there is nothing to restore from.`;
      return [{ code: "RestorePointFailed", message, target }];
    }
  }
}

const MINUTE = 60_000;

const stillBeing = (code: string, message: string, target: string): RestoreProblem => ({
  ...{ code, message, target },
  retryAfterMs: MINUTE,
});

type VmRequest = RestoreRequest & { kind: "vm" };
type VmDraft = Pick<Restore, "size" | "tags" | "powerState" | "subnetId" | "sourceInterfaceId"> & {
  readonly resources?: RestoredResource[];
  readonly problems: readonly RestoreProblem[];
};

function draftVm(request: VmRequest, model: RestoreSource["model"], id: OperationId): VmDraft {
  if (model === undefined) return { problems: [notRecorded] };
  const { tags, powerState, subnetId } = request;
  const size = request.size ?? model.hardwareProfile?.vmSize;
  const source = sourceInterfaceOf(model);
  const recordedName = vmNameOf(vmOfOperation(id)).name;
  const name = request.name ?? `${recordedName.slice(0, LONGEST_VM_NAME - 9)}-${shortIdOf(id)}`;
  const waiting = { state: "Waiting" } as const;
  return {
    ...(size === undefined ? {} : { size }),
    ...(tags === undefined ? {} : { tags }),
    powerState,
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(source === undefined ? {} : { sourceInterfaceId: source }),
    resources: [
      { role: "networkInterface", name: `${name}-nic-${shortIdOf(id)}`, ...waiting },
      { role: "virtualMachine", name, ...waiting },
    ],
    problems: vmProblems(request, model, size, source),
  };
}

/** Of a VM's name, which the host name is taken from where there is none. */
const LONGEST_VM_NAME = 64;

function vmProblems(
  request: VmRequest,
  model: NonNullable<RestoreSource["model"]>,
  size: string | undefined,
  source: string | undefined,
): RestoreProblem[] {
  const problems: RestoreProblem[] = [];
  const add = (code: string, message: string, target: string) => {
    problems.push({ code, message, target });
  };
  if (size === undefined) {
    add("SizeUnknown", "The size of the VM was not recorded; name one.", "size");
  }
  if (request.subnetId === undefined && source === undefined) {
    add("SubnetUnknown", "No network interface was recorded; name a subnet.", "subnetId");
  }
  if (model.storageProfile.osDisk.osType === undefined) {
    add("OsTypeUnknown", "Which operating system the VM has was not recorded.", "point");
  }
  const recordedTags = Object.keys(model.tags ?? {}).length;
  if (request.tags === undefined && recordedTags >= MOST_TAGS) {
    const message = `The VM had ${recordedTags} tags, and the restore adds one to at most ${MOST_TAGS}; name those that it shall have.`;
    add("TooManyTags", message, "tags");
  }
  return problems;
}

const notRecorded: RestoreProblem = {
  code: "VmNotRecorded",
  message: "The VM as it was is not on record; its disks can be restored.",
  target: "kind",
};

/** The primary one, or the only one. */
function sourceInterfaceOf(model: NonNullable<RestoreSource["model"]>): string | undefined {
  const interfaces = model.networkProfile?.networkInterfaces ?? [];
  return (interfaces.find(({ primary }) => primary) ?? interfaces[0])?.id;
}
