/**
 * Runs one functions app: `node local/functions-host/main.ts --app <folder> --port <n>`. It is its own process, so
 * that killing it is a real crash; several can share one storage account.
 */
import { parseArguments } from "./arguments.ts";
import { startHost } from "./host.ts";
import { describeError, oneLine } from "./logs/log.ts";

function fail(error: unknown): never {
  console.error(oneLine(describeError(error)));
  process.exit(1);
}

// As in the real worker, one forgotten promise ends the process and every invocation in it.
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

const host = await startHost(parseArguments(process.argv.slice(2)), fail).catch(fail);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await host.stop().catch(fail);
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
// Whoever started this process is gone.
process.once("disconnect", () => void stop());

console.log(`Functions host ready at ${host.url}: ${host.functions.join(", ")}`);
process.send?.({ type: "ready", url: host.url, functions: host.functions });
