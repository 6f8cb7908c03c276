/** Writes everything that the emulator knows, as it is at one instant, into a file. */
import { appendFileSync, closeSync, openSync } from "node:fs";
import { lineagesOf, saveBytes } from "../bytes/save-bytes.ts";
import type { Emulator } from "../emulator.ts";
import { firstLine } from "./state-line.ts";

const ATTEMPTS = 5;

export async function saveState(emulator: Emulator, path: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await emulator.bytes.still(() => saveOnce(emulator, path));
      return;
    } catch (error) {
      // A disk or a restore point was deleted, and its bytes with it, before they were read.
      if (attempt === ATTEMPTS || !isGone(error)) throw error;
    }
  }
}

async function saveOnce(emulator: Emulator, path: string): Promise<void> {
  const file = openSync(path, "w", 0o600);
  let lines = 0;
  const write = (line: string) => {
    // Not writeSync, which may write less than it was given.
    appendFileSync(file, `${line}\n`);
    lines += 1;
  };
  try {
    // Without waiting in between: a resource and its bytes belong together.
    const lineages = lineagesOf(emulator.state);
    write(JSON.stringify(firstLine));
    for (const line of emulator.journal.dump()) write(line);
    for await (const line of saveBytes(emulator, lineages)) write(JSON.stringify(line));
    write(JSON.stringify({ lines }));
  } finally {
    closeSync(file);
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && "statusCode" in error && error.statusCode === 404;
