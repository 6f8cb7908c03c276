/** A disk, network interface or VM that somebody asked the fake ARM for. */
import type { ArmProblem } from "../../../src/lib/operations/arm-problem.ts";
import type {
  DiskRequest,
  NetworkInterfaceRequest,
} from "../../../src/lib/operations/arm-resources.ts";
import type { VirtualMachineRequest } from "../../../src/lib/restores/vm-request.ts";

/** What was asked for: of a disk it tells which disk restore point it is from. */
export type Asked =
  | { readonly kind: "disk"; readonly request: DiskRequest }
  | { readonly kind: "networkInterface"; readonly request: NetworkInterfaceRequest }
  | { readonly kind: "virtualMachine"; readonly request: VirtualMachineRequest };

/** An operation, by when it ends. */
export interface Ending {
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly failure?: ArmProblem;
}

export type FakeResource = Asked & {
  readonly id: string;
  readonly madeAt: number;
  /** The last PUT. */
  readonly writing: Ending;
  deallocation?: Ending;
  removal?: Ending;
};

/** A disk whose making has failed is gone; a network interface or VM stays, and is Failed. */
export function isThere({ kind, writing, removal }: FakeResource, now: number): boolean {
  const removed = removal && removal.endsAt <= now && !removal.failure;
  const neverMade = kind === "disk" && writing.failure && writing.endsAt <= now;
  return !removed && !neverMade;
}

export function provisioningStateOf({ writing, removal }: FakeResource, now: number): string {
  if (removal && removal.endsAt > now) return "Deleting";
  if (writing.endsAt > now) return "Creating";
  return writing.failure ? "Failed" : "Succeeded";
}

/** Whether a VM has this disk or network interface. */
export const uses = (resource: FakeResource, id: string): boolean =>
  resource.kind === "virtualMachine" &&
  [resource.request.networkInterfaceId, ...resource.request.disks.map((disk) => disk.id)].some(
    (each) => each.toLowerCase() === id.toLowerCase(),
  );
