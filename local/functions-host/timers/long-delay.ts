/** A delay of any length: one `setTimeout` ends at 24.8 days. */

const LONGEST_MS = 24 * 24 * 60 * 60 * 1000;

/** Resolves at `time`, at once if that is past, or when the signal is aborted. */
export async function waitUntil(time: Date, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const remaining = time.getTime() - Date.now();
    if (remaining <= 0) return;
    await wait(Math.min(remaining, LONGEST_MS), signal);
  }
}

/** Resolves after a while, or when the signal is aborted; it does not throw. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
