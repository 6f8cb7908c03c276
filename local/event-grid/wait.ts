/** Waiting on the emulator's clock: time that is advanced ends it early. */
import type { Clock } from "../arm/clock.ts";

/** Rejects with the signal's reason when it is aborted first. */
export async function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      takeBack();
      reject(signal.reason);
    };
    const takeBack = clock.at(clock.now() + ms, () => {
      signal.removeEventListener("abort", abort);
      resolve();
    });
    signal.addEventListener("abort", abort, { once: true });
  });
}
