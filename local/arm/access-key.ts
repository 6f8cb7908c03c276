/** The key that SAS are signed with: kept beside the state, so that SAS outlive a restart, and never in it. */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccessKey } from "./disk-endpoint/sas.ts";

const LENGTH = 32;

export function accessKeyIn(folder: string | undefined): AccessKey {
  if (folder === undefined) return new AccessKey();
  const file = join(folder, "sas.key");
  if (!existsSync(file)) writeFileSync(file, randomBytes(LENGTH), { mode: 0o600 });
  return new AccessKey(readFileSync(file));
}
