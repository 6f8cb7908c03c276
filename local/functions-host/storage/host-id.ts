/** The name under which hosts of one app share locks and timer status. */
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { Settings } from "../settings/settings.ts";

/** In Azure it is the site's name, cut to 32 characters; here, without a setting, the machine and the app's folder. */
export function createHostId(settings: Settings, folder: string): string {
  const set = settings.get("AzureFunctionsWebHost__hostid") ?? settings.get("WEBSITE_SITE_NAME");
  if (set !== undefined) return set.toLowerCase().slice(0, 32);
  const machine = hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
  const hash = createHash("sha256").update(folder).digest("hex");
  return `${machine.slice(0, 15)}-${hash.slice(0, 10)}`;
}
