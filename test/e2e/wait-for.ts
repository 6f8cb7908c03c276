import { setTimeout as delay } from "node:timers/promises";

/** Asks until the answer is not undefined. A state that never comes is the test's own time-out, with `what` in it. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  patienceMs = 100_000,
): Promise<T> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(50);
  }
  throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`);
}
