import type { Emulator } from "../../emulator.ts";
import type { Operation } from "../../operations/operation.ts";
import { report } from "../../report.ts";
import type { RestorePoint } from "../../state/state.ts";
import { RESTORE_POINT_TYPE, renderRestorePoint } from "./render.ts";

/** Tells Event Grid, which has a type and a location for everything. */
export function reportRestorePoint(
  emulator: Emulator,
  { request }: Pick<Operation, "request">,
  point: RestorePoint,
  { verb, failed = false }: { readonly verb: "write" | "delete"; readonly failed?: boolean },
): void {
  const { location } = point;
  const resource = { ...renderRestorePoint(emulator, point), type: RESTORE_POINT_TYPE, location };
  const operationName = `${RESTORE_POINT_TYPE}/${verb}`;
  report(emulator, request, { operationName, resource, existed: verb === "delete", failed });
}
