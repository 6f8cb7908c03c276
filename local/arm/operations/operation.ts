/** An asynchronous operation as a record: everything that is needed to end it later, also after a restart. */
import type { Json } from "../state/state.ts";

export interface OperationError {
  readonly code: string;
  readonly message: string;
}

export const OPERATION_KINDS = [
  "writeVirtualMachine",
  "deleteVirtualMachine",
  "actOnVirtualMachine",
  "writeDisk",
  "deleteDisk",
  "deleteResourceGroup",
  "createRestorePoint",
  "copyRestorePoint",
  "deleteRestorePoint",
  "deleteRestorePointCollection",
  "beginGetAccess",
  "endGetAccess",
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export interface Operation {
  /** A GUID, which is also the id of the request that started it (recorded). */
  readonly id: string;
  readonly kind: OperationKind;
  /** ARM id of the resource it works on. */
  readonly target: string;
  readonly subscriptionId: string;
  readonly location: string;
  /** What only this kind needs. */
  readonly input: Json;
  readonly request: RequestFacts;
  readonly startTime: string;
  /** Milliseconds since 1970; absent: it hangs until it is released. */
  readonly dueAt?: number | undefined;
  /** The error that it will end with, decided when it was accepted. */
  readonly fault?: OperationError | undefined;
  readonly endTime?: string;
  readonly status: "InProgress" | "Succeeded" | "Failed";
  readonly error?: OperationError;
  /** What it gave, without anything secret. */
  readonly output?: Json;
}

/** What an event tells of the request that caused it. */
export interface RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly correlationId: string;
  readonly clientRequestId: string;
}
