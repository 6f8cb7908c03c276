/**
 * Azurite's own process, when it shall end with the process that started it, however that one ends: its standard input
 * is then closed. It ends in order, so that what it keeps in a folder is whole. One process has the folder at a time.
 *
 *     node run-azurite.ts <lock file, or nothing> <Azurite's own arguments>
 */
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { lockFile } from "../loopback/lock-file.ts";

const [, , lock, ...azuriteArguments] = process.argv;
/** The one before is still saving. */
const PATIENCE_MS = 30_000;

let ending = false;
process.on("SIGTERM", () => {
  // Azurite listens for one signal only: another one must not end it while it saves.
  if (ending) return;
  ending = true;
  // Before it listens, it has nothing to save.
  if (process.listenerCount("SIGTERM") === 1) process.exit();
  // Its folder may be gone: then it tries to save for ever.
  setTimeout(() => process.exit(4), PATIENCE_MS).unref();
});
process.stdin.on("close", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
if (process.stdin instanceof Socket) process.stdin.unref();

if (lock) await waitFor(lock);
const require = createRequire(import.meta.url);
const script = require.resolve("azurite/dist/src/azurite.js");
process.argv = [process.execPath, script, ...azuriteArguments];
require(script);

async function waitFor(file: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!lockFile(file)) {
    if (Date.now() > until) process.exit(3);
    await delay(20);
  }
}
