/** What `npm start` prints once everything serves: where it is, and what to try next. */
import { relative } from "node:path";
import type { StackAddresses } from "./addresses.ts";
import { TAG_NAME } from "./host-env.ts";

export function firstScreen(
  addresses: StackAddresses,
  caFile: string,
  millisecondsTaken: number,
): string {
  const api = `${addresses.functions}/api`;
  return `
Ready in ${(millisecondsTaken / 1000).toFixed(1)} s.

  API             ${api}
  Azure (ARM)     ${addresses.arm}
  Its control     ${addresses.control} (faults, time, bytes: docs/emulator.md)
  Identity        ${addresses.issuer}
  Notifications   ${addresses.notifications} (the newest: docs/notifications.md)
  Storage         ${new URL(addresses.blob).origin} (blobs; queues and tables beside it)
  CA certificate  ${relative(process.cwd(), caFile) || caFile}

Try in another terminal:

  npm run demo                     tag a VM, read its restore point, lose the VM, restore it
  npm run tag -- web-01 hourly     set the tag "${TAG_NAME}" (web-01, db-01, app-01, batch-01)
  curl -H "Authorization: Bearer $(npm run -s token -- operator)" "${api}/vms?api-version=2026-11-01"

Ctrl-C stops everything. What happens appears below.
`;
}

export function alreadyRunning(addresses: StackAddresses, pid: number): string {
  return `A stack is already running here (process ${pid}):

  API             ${addresses.functions}/api
  Azure (ARM)     ${addresses.arm}

Use it with npm run demo, or stop it first: kill ${pid}`;
}
