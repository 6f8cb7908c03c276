/** An operator's grant on the disk of a one-disk VM's first restore point, for the shortest time that there is. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";

const DURATION = "PT1M";
const LOOK_MS = 500;

const grantSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  diskRestorePointId: z.string(),
  expiresAt: z.iso.datetime().transform((text) => Date.parse(text)),
});
export type Held = z.infer<typeof grantSchema> & { readonly sas: string };

/** The id, once the time of its end is set. */
export async function requestGrant(
  stack: Stack,
  vm: string,
  restorePoint: string,
): Promise<string> {
  const body = {
    ...{ vm: vmKeyOf(vm), restorePoint, disk: `${vm}-os` },
    ...{ duration: DURATION, reason: "Benchmark" },
  };
  return grantSchema.parse(await answer(stack, "POST", "/grants", body)).id;
}

/** With its SAS; the latter is read long before it ends. */
export async function holdGrant(stack: Stack, id: string): Promise<Held> {
  const grant = await grantIn(stack, id, "Active");
  const access = await answer(stack, "POST", `/grants/${id}/access`);
  return { ...grant, sas: z.object({ accessSas: z.url() }).parse(access).accessSas };
}

/** When it has come to that state. */
export async function grantIn(stack: Stack, id: string, state: "Active" | "Revoked") {
  for (;;) {
    const grant = grantSchema.parse(await answer(stack, "GET", `/grants/${id}`));
    if (grant.state === state) return grant;
    if (grant.state === "Failed") throw new Error(`The grant ${id} has failed.`);
    await delay(LOOK_MS);
  }
}

/** Asks again where the answer says when to. */
async function answer(stack: Stack, method: string, path: string, body?: object): Promise<unknown> {
  const response = await stack.api(path, { method, body });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  if (response.status === 503 && seconds > 0) {
    console.log(`  ${method} ${path} was answered 503, again in ${seconds} s`);
    await delay(seconds * 1000);
    return await answer(stack, method, path, body);
  }
  throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
}
