/** The key that SAS are signed with: kept beside the state, so that SAS outlive a restart, and never in it. */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccessKey } from "./disk-endpoint/sas.ts";

const LENGTH = 32;

export function accessKeyIn(folder: string | undefined): AccessKey {
  if (folder === undefined) return new AccessKey();
  const file = join(folder, "sas.key");
  const known = existsSync(file) ? readFileSync(file) : undefined;
  // A kill while it was written leaves less of it, which anyone could guess.
  if (known?.length === LENGTH) return new AccessKey(known);
  const made = randomBytes(LENGTH);
  writeFileSync(file, made, { mode: 0o600 });
  return new AccessKey(made);
}
