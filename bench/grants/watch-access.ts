/** When a SAS stops to open its disk. */
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack/start-stack.ts";
import type { Held } from "./hold-grant.ts";

/** So long before its time a SAS is asked for the first time. */
const EARLY_MS = 300;
const EVERY_MS = 20;
const LONGEST_MS = 60_000;

/** Asks over and over for the disk's properties; the answer is when it was first refused, in milliseconds since 1970. */
export async function refusedAt({ sas, expiresAt }: Held): Promise<number> {
  await delay(Math.max(0, expiresAt - EARLY_MS - Date.now()));
  while (Date.now() < expiresAt + LONGEST_MS) {
    const { status } = await fetch(sas, { method: "HEAD" });
    if (status === 403) return Date.now();
    if (status !== 200) throw new Error(`The disk endpoint answered ${status}.`);
    await delay(EVERY_MS);
  }
  throw new Error(`A SAS still opens its disk ${LONGEST_MS / 1000} s after its time.`);
}

/**
 * The same of many at once. So many requests would slow down what they measure: the emulator, which runs in this
 * process, is asked for its records instead, and each SAS is tried once it should be shut.
 */
export async function allRefusedAt(
  { arm }: Stack,
  held: readonly Held[],
): Promise<Map<Held, number>> {
  const { accesses } = arm.emulator.state;
  const ended = new Map<Held, number>();
  while (ended.size < held.length) {
    for (const each of held) {
      if (!ended.has(each) && !accesses.get(each.diskRestorePointId)) ended.set(each, Date.now());
    }
    const isLate = held.some(
      (each) => !ended.has(each) && Date.now() > each.expiresAt + LONGEST_MS,
    );
    if (isLate) throw new Error(`An access is there ${LONGEST_MS / 1000} s after its time.`);
    await delay(5);
  }
  for (const { sas } of held) {
    const { status } = await fetch(sas, { method: "HEAD" });
    if (status !== 403) throw new Error(`A SAS that has ended is answered ${status}.`);
  }
  return ended;
}
