/** `functionTimeout` of host.json. */

/** What the host grants a function that overran its time, before it restarts the worker. */
const GRACE_MS = 10_000;

/**
 * Fails when `work` takes longer than `limitMs`. The function itself cannot be stopped, so `onStuck` is called if it
 * has not ended a little later: the real host then kills the worker, with every other invocation in it.
 */
export async function withTimeLimit<T>(
  work: Promise<T>,
  limitMs: number,
  message: string,
  onStuck: () => void,
): Promise<T> {
  if (!Number.isFinite(limitMs)) return await work;
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearTimeout(timer);
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      timer = setTimeout(onStuck, GRACE_MS);
      reject(new Error(message));
    }, limitMs);
  });
  work.then(end, end);
  return await Promise.race([work, timeout]);
}
