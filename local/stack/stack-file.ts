/** `.local/stack.json`: how the demo and the commands find a stack that runs. It holds no secret. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { StackAddresses } from "./addresses.ts";

/** Not under version control. The variable lets tests run a stack beside a developer's. */
export const LOCAL_FOLDER =
  process.env["LOCAL_FOLDER"] ?? fileURLToPath(new URL("../../.local", import.meta.url));
const FILE = join(LOCAL_FOLDER, "stack.json");

const stackFileSchema = z.object({
  pid: z.int(),
  /** Child processes, to be named when a stack was killed and they were not. */
  childPids: z.array(z.int()),
  caFile: z.string(),
  addresses: z.object({
    functions: z.url(),
    arm: z.url(),
    control: z.url(),
    issuer: z.url(),
    tokenEndpoint: z.url(),
    apiAudience: z.string(),
    blob: z.url(),
    queue: z.url(),
    table: z.url(),
    notifications: z.url(),
    activity: z.url(),
  }),
});

export interface StackFile {
  readonly pid: number;
  readonly childPids: readonly number[];
  readonly caFile: string;
  readonly addresses: StackAddresses;
}

export async function writeStackFile(content: StackFile): Promise<void> {
  await mkdir(LOCAL_FOLDER, { recursive: true });
  await writeFile(FILE, `${JSON.stringify(content, null, 2)}\n`);
}

export async function removeStackFile(): Promise<void> {
  await rm(FILE, { force: true });
}

/** Undefined when there is none, or none that can be read. */
async function readStackFile(): Promise<StackFile | undefined> {
  const text = await readFile(FILE, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return stackFileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The stack that runs now: its process lives, and its functions host answers. */
export async function findRunningStack(): Promise<StackFile | undefined> {
  const found = await readStackFile();
  if (!found || !isAlive(found.pid)) return undefined;
  return (await answers(found.addresses.functions)) ? found : undefined;
}

/** Processes of a stack that ended without stopping them. */
export async function leftoverPids(): Promise<readonly number[]> {
  const found = await readStackFile();
  return !found || isAlive(found.pid) ? [] : found.childPids.filter(isAlive);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process: the number was given out again.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function answers(functionsUrl: string): Promise<boolean> {
  try {
    const response = await fetch(new URL("/api/health", functionsUrl), {
      signal: AbortSignal.timeout(2000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
