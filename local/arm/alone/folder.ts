/** The folder of one emulator: that of `--data`, which no other emulator may use at the time, or a temporary one. */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lockFile } from "../../loopback/lock-file.ts";
import { STATE_FOLDER_PREFIX } from "../control/state.ts";

interface Folder {
  readonly path: string;
  close(): Promise<void>;
}

/** Throws when the folder cannot be used, saying why. */
export async function openFolder(data: string | undefined): Promise<Folder> {
  if (data === undefined) {
    const path = await mkdtemp(join(tmpdir(), "arm-emulator-"));
    return { path, close: () => rm(path, { recursive: true, force: true }) };
  }
  const path = resolve(data);
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new Error(`--data: ${path} is no folder that can be used (${codeOf(error)}).`);
  });
  await mkdir(join(path, "azurite"), { recursive: true });
  if (!lockFile(join(path, "emulator.lock")))
    throw new Error(`--data: another emulator is using ${path}.`);
  await removeLeftovers(path);
  return { path, close: async () => {} };
}

/** States that were being saved or received when the emulator was killed. */
async function removeLeftovers(path: string): Promise<void> {
  const names = await readdir(path);
  const leftovers = names.filter((name) => name.startsWith(STATE_FOLDER_PREFIX));
  await Promise.all(leftovers.map((name) => rm(join(path, name), { recursive: true })));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? `${error.code}` : String(error);
