/** Second act: a partner asks for the OS disk of the restore point, for a minute. */
import { setTimeout as delay } from "node:timers/promises";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import { type DemoGrant, HOLDER, readGrant, readSas, requestGrant } from "./grants-api.ts";
import { seconds } from "./legs.ts";
import type { RestorePoint } from "./read-api.ts";
import type { Teller } from "./teller.ts";

const LOOK_MS = 200;

export interface Opened {
  readonly grant: DemoGrant;
  readonly sas: string;
  /** Of the disk. */
  readonly disk: string;
}

export async function askForDisk(
  { api }: DemoStack,
  vm: string,
  point: RestorePoint,
  { say }: Teller,
): Promise<Opened> {
  const disk = point.disks.find(({ lun }) => lun === undefined)?.name;
  if (disk === undefined) throw new Error(`${point.name} has no OS disk.`);
  say(`\n${HOLDER} asks for the disk ${disk} of ${point.name} for a minute: POST /grants`);
  const askedAt = Date.now();
  const asked = { vm: vmKeyOf(vm), restorePoint: point.name, disk, duration: "PT1M" };
  let grant = await requestGrant(api, { ...asked, reason: "Demo" });
  say(`  grant ${grant.id}\n  ends  ${grant.expiresAt}`);
  while (grant.state === "Granting") {
    await delay(LOOK_MS);
    grant = await readGrant(api, grant.id);
  }
  if (grant.state !== "Active") {
    throw new Error(`The grant is ${grant.state}: ${grant.error?.message ?? "no reason is known"}`);
  }
  const sas = await readSas(api, grant.id);
  say(
    `  ${grant.state} after ${seconds(Date.now() - askedAt)}. POST /grants/{id}/access gives its holder the SAS:`,
  );
  say(`  ${withoutSignature(sas)}`);
  return { grant, sas, disk };
}

/** Whoever reads the screen must not be able to open the disk. */
export function withoutSignature(sas: string): string {
  const { origin, pathname } = new URL(sas);
  return `${origin}${pathname}?…`;
}
