/** Runs a stack on fixed ports from its checks to its end. */
import { join } from "node:path";
import { describeActivity } from "./describe-activity.ts";
import { alreadyRunning, firstScreen } from "./first-screen.ts";
import { type Ports, readPorts } from "./ports.ts";
import type { Progress } from "./progress.ts";
import {
  findRunningStack,
  LOCAL_FOLDER,
  leftoverPids,
  removeStackFile,
  writeStackFile,
} from "./stack-file.ts";
import { type Stack, startStack } from "./start-stack.ts";
import { type StopSignal, stopRequested } from "./stop-signal.ts";
import { describeTakenPorts, takenPorts } from "./taken-ports.ts";

/** Resolves with the process's exit code. */
export async function serveStack(
  environment: Readonly<Record<string, string | undefined>>,
  progress: Progress,
): Promise<number> {
  const startedAt = Date.now();
  const ports = readPorts(environment);
  const refusal = await reasonNotToStart(ports);
  if (refusal !== undefined) {
    console.error(refusal);
    return 1;
  }
  const stop = stopRequested();
  progress.show("Starting storage, identity, Azure Resource Manager and the functions host");
  const screen = { shown: false };
  const stack = await startOrStop(stop, () =>
    startStack({
      ports,
      folder: join(LOCAL_FOLDER, "tls"),
      onActivity: (activity) => {
        const line = screen.shown ? describeActivity(activity) : undefined;
        if (line !== undefined) console.log(line);
      },
    }),
  );
  progress.clear();
  if (stack === undefined) {
    console.log("Stopped.");
    return 0;
  }
  const { addresses, certificate } = stack;
  const { caFile } = certificate;
  await writeStackFile({ pid: process.pid, childPids: childPidsOf(stack), caFile, addresses });
  console.log(firstScreen(addresses, caFile, Date.now() - startedAt));
  screen.shown = true;
  return await untilStopped(stack, stop.requested);
}

/** Undefined when the end was asked for before the stack had started: then none is left. */
async function startOrStop(
  stop: StopSignal,
  start: () => Promise<Stack>,
): Promise<Stack | undefined> {
  try {
    const stack = await start();
    stop.onForce(() => killChildren(stack));
    if (!stop.isRequested()) return stack;
    await stack.close();
    return undefined;
  } catch (error) {
    // On Ctrl-C the terminal ends the children too, and a start that lost one fails.
    if (stop.isRequested()) return undefined;
    throw error;
  }
}

const childPidsOf = ({ azurite, hosts }: Stack): number[] => [
  azurite.pid,
  ...hosts.map(({ pid }) => pid),
];

function killChildren(stack: Stack): void {
  for (const pid of childPidsOf(stack)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  }
}

async function reasonNotToStart(ports: Ports): Promise<string | undefined> {
  const running = await findRunningStack();
  if (running) return alreadyRunning(running.addresses, running.pid);
  const taken = await takenPorts(ports);
  if (taken.length === 0) return undefined;
  return [describeTakenPorts(taken, ports), ...describeLeftovers(await leftoverPids())].join("\n");
}

function describeLeftovers(pids: readonly number[]): string[] {
  if (pids.length === 0) return [];
  return ["", `Processes of an earlier stack still run. End them with: kill ${pids.join(" ")}`];
}

/** Until somebody asks for the end, or the functions host ends by itself. */
async function untilStopped(stack: Stack, requested: Promise<void>): Promise<number> {
  const ended = stack.hosts[0]?.exited ?? new Promise<never>(() => {});
  const code = await Promise.race([requested.then(() => undefined), ended]);
  if (code === undefined) console.log("\nStopping …");
  else console.error(`\nThe functions host ended by itself (${code}):\n${tail(stack)}`);
  await stack.close();
  await removeStackFile();
  if (code === undefined) console.log("Stopped.");
  return code === undefined ? 0 : 1;
}

const LAST_LINES = 20;

const tail = (stack: Stack): string =>
  (stack.hosts[0]?.output() ?? "").trimEnd().split("\n").slice(-LAST_LINES).join("\n");
