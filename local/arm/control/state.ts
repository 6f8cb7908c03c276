/**
 * `/_emulator/state`: everything, as lines of JSON, to be saved and to be loaded. What is loaded replaces everything,
 * and is refused as a whole when a line of it is wrong.
 */
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ArmEmulator } from "../start-arm.ts";
import { checkState } from "./check-state.ts";
import { type Controlled, type ControlRoutes, NDJSON } from "./control-route.ts";
import { loadState } from "./load-state.ts";
import { saveState } from "./save-state.ts";

/** Of temporary folders in which a state is saved or received. */
export const STATE_FOLDER_PREFIX = "state-";

export function stateRoutes({ arm, folder }: Controlled): ControlRoutes {
  let loading: Promise<unknown> = Promise.resolve();
  return {
    state: {
      GET: async () => {
        const temporary = await mkdtemp(join(folder ?? tmpdir(), STATE_FOLDER_PREFIX));
        const file = join(temporary, "state.ndjson");
        try {
          await saveState(arm.emulator, file);
        } catch (error) {
          await rm(temporary, { recursive: true });
          throw error;
        }
        return { type: NDJSON, stream: contentOf(file, temporary) };
      },
      PUT: async ({ incoming }) => {
        const temporary = await mkdtemp(join(folder ?? tmpdir(), STATE_FOLDER_PREFIX));
        try {
          const file = join(temporary, "state.ndjson");
          await pipeline(incoming, createWriteStream(file, { mode: 0o600 }));
          checkState(file);
          // One after the other.
          loading = loading.catch(() => undefined).then(() => replaceState(arm, file, folder));
          await loading;
        } finally {
          await rm(temporary, { recursive: true, force: true });
        }
        return undefined;
      },
    },
  };
}

async function* contentOf(file: string, temporary: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** From here on it is loaded, whatever happens: after a kill, at the next start. */
async function replaceState(arm: ArmEmulator, file: string, folder: string | undefined) {
  if (folder === undefined) {
    await loadState(arm, file);
    return;
  }
  await rename(file, join(folder, UNFINISHED));
  await finishLoading(arm, folder);
}

const UNFINISHED = "loading.ndjson";

/** What a kill interrupted. To be called before anybody uses the emulator. */
export async function finishLoading(arm: ArmEmulator, folder: string): Promise<void> {
  const file = join(folder, UNFINISHED);
  if (!existsSync(file)) return;
  await loadState(arm, file);
  await rm(file);
}
