/**
 * A VM of restored disks. Azure starts every VM that it makes: one that is to be left stopped is deallocated afterwards.
 * https://learn.microsoft.com/azure/virtual-machines/manage-restore-points
 */
import { sourceOf } from "../../restores/restore-source.ts";
import { vmRequestOf } from "../../restores/vm-request-of.ts";
import type { Arm, ArmFailure } from "../arm.ts";
import type { CreateVirtualMachineOperation } from "../operation.ts";
import type { Found, OperationKind, Submitted, Surroundings } from "./operation-kind.ts";
import {
  findCreated,
  orLater,
  outOfDate,
  reasonAgainst,
  stepEvents,
  stepOf,
  writeBudget,
} from "./restore-step.ts";

export const createVirtualMachine: OperationKind<CreateVirtualMachineOperation> = {
  events: stepEvents,
  firstWait: 4000,
  // Somebody waits for it.
  longestWait: 10_000,
  endsWithStatus: true,
  budget: writeBudget,
  submit: (surroundings, operation) =>
    operation.step === "create"
      ? create(surroundings, operation)
      : surroundings.arm.deallocate(operation.target),
  find: (arm, operation) =>
    operation.step === "create" ? findCreated(arm, operation) : findStopped(arm, operation),
  nextStep: ({ statusUrl: _, ...operation }) =>
    operation.step === "create" && operation.stops
      ? { ...operation, step: "deallocate" }
      : undefined,
};

async function create(
  surroundings: Surroundings,
  operation: CreateVirtualMachineOperation,
): Promise<Submitted> {
  const { tables, arm } = surroundings;
  const step = await stepOf(tables, operation);
  if (step === undefined) return outOfDate;
  const source = await sourceOf(surroundings, step.restore);
  const request = source?.model && vmRequestOf(step.restore, source.model);
  if (request === undefined) return notRecorded;
  return (await reasonAgainst(arm, operation)) ?? orLater(await arm.putVirtualMachine(request));
}

const notRecorded: ArmFailure = {
  kind: "refused",
  conflict: false,
  error: { code: "VmNotRecorded", message: "The VM as it was is not on record any more." },
};

async function findStopped(arm: Arm, { target }: CreateVirtualMachineOperation): Promise<Found> {
  const reading = await arm.getPowerState(target);
  if (reading.kind === "notFound") return { kind: "failed", error: reading.error };
  if (reading.kind !== "found") return reading;
  if (reading.powerState === "deallocated") return { kind: "succeeded" };
  if (reading.powerState === "deallocating") return { kind: "running" };
  return { kind: "absent", error: { code: "NotDeallocated", message: "The VM is not stopped." } };
}
