/** Fourth act: nobody ends the grant. It ends at its time, and the URL that was downloaded from opens nothing any more. */
import { setTimeout as delay } from "node:timers/promises";
import type { Opened } from "./ask-for-disk.ts";
import type { DemoStack } from "./demo-stack.ts";
import { readAudit, readGrant } from "./grants-api.ts";
import { printAudit } from "./print-audit.ts";
import type { Teller } from "./teller.ts";

const LOOK_MS = 200;
const LONGEST_MS = 60_000;

export async function awaitExpiry(
  { api }: DemoStack,
  { grant, sas }: Opened,
  { say, tick }: Teller,
): Promise<void> {
  const [from, until] = [Date.parse(grant.requestedAt), Date.parse(grant.expiresAt)];
  say(`\nThe same URL answers ${await statusOf(sas)}. Nobody ends the grant; it ends by itself.`);
  for (let now = Date.now(); now < until; now = Date.now()) {
    const left = Math.ceil((until - now) / 1000);
    tick(`  ${left} s to go`, (now - from) / (until - from));
    await delay(Math.min(LOOK_MS, until - now));
  }
  const status = await poll(async () => {
    const answered = await statusOf(sas);
    return answered === 403 ? answered : undefined;
  });
  const ended = await poll(async () => {
    const current = await readGrant(api, grant.id);
    return current.state === "Revoked" ? current : undefined;
  });
  const lag = (ended.lagSeconds ?? 0).toFixed(1);
  say(
    `The same URL answers ${status}. The grant is ${ended.state}: confirmed ${lag} s after its time.`,
  );
  say(`\nWhat an auditor reads about it: GET /audit\n\n${printAudit(await readAudit(api, grant))}`);
}

/** Of a request for the first page of the disk. */
async function statusOf(sas: string): Promise<number> {
  const response = await fetch(sas, { headers: { range: "bytes=0-511" } });
  await response.body?.cancel();
  return response.ok ? 200 : response.status;
}

async function poll<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + LONGEST_MS;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(LOOK_MS);
  }
  throw new Error(`The disk is still open ${LONGEST_MS / 1000} s after the grant's time.`);
}
