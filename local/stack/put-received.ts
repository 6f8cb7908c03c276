/**
 * When Azure received the PUT of a restore point: the one step that neither events nor the app's telemetry tell,
 * and that the latency from tag to restore point ends with.
 */
import type { ArmEmulator } from "../arm/start-arm.ts";
import type { Activity } from "./activity.ts";
import { vmNameIn } from "./describe-activity.ts";

/** Undefined unless `activity` says that a restore point was accepted, and its PUT is still known. */
export function putReceived(
  activity: Activity,
  requests: ArmEmulator["requests"],
): Activity | undefined {
  const { vm = "", point = "" } = activity.fields;
  if (activity.name !== "restorePointSubmitted") return undefined;
  const put = requests.findLast(
    ({ method, path }) => method === "PUT" && isPointOf(path, vmNameIn({ vm }), point),
  );
  if (!put) return undefined;
  const at = new Date(put.at).toISOString();
  return { at, source: "arm", name: "restorePointReceived", fields: { vm, point } };
}

/** The app names the collection after the VM. */
function isPointOf(path: string, vm: string, point: string): boolean {
  const [collection, name] = path
    .split("/")
    .slice(-3)
    .filter((_, index) => index !== 1);
  return name === point && (collection ?? "").toLowerCase().startsWith(`rpc-${vm}-`);
}
