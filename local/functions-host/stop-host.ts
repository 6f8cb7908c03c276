/** The end of a host that is asked to end. */
import type { Server } from "node:http";
import { withReadOnly } from "./app/hooks.ts";
import type { Worker } from "./app/worker.ts";
import type { Invoker } from "./invocation/invoker.ts";
import type { ListenerGroup } from "./listening/listener-group.ts";

/** What running invocations get before they are cut, as in the real host's shutdown. */
const GRACE_MS = 10_000;

/** Stops listening, waits for what runs, and lets the app clean up. */
export function createStopHost(
  server: Server,
  listeners: ListenerGroup,
  invoker: Invoker,
  worker: Worker,
): () => Promise<void> {
  return async () => {
    server.close();
    await atMost(GRACE_MS, Promise.all([listeners.drain(), invoker.idle()]));
    const { hooks } = worker;
    const { appHookData } = hooks;
    await hooks.run("appTerminate", withReadOnly({}, { hookData: {}, appHookData }));
    server.closeAllConnections();
  };
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, elapsed]);
  clearTimeout(timer);
}
