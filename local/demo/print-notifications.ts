/** Last of all: what operators were told of the restore point and of the access to its disk, a line each. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { vmKeyOf } from "../stack/vm-address.ts";
import type { DemoStack } from "./demo-stack.ts";
import type { Teller } from "./teller.ts";

const LOOK_MS = 200;
const LONGEST_MS = 10_000;
const LAST = "GrantRevoked";

const notificationsSchema = z.array(
  z.object({
    type: z.string().transform((type) => type.replace("VmRestorePoints.", "")),
    time: z.string(),
    data: z.object({ vm: z.string(), restorePoint: z.string().optional() }),
  }),
);

export async function printNotifications(
  { addresses }: DemoStack,
  vm: string,
  restorePoint: string,
  { say }: Teller,
): Promise<void> {
  const until = Date.now() + LONGEST_MS;
  const read = async () => {
    const all = notificationsSchema.parse(await (await fetch(addresses.notifications)).json());
    return all.filter(({ data }) => data.vm === vmKeyOf(vm) && data.restorePoint === restorePoint);
  };
  let told = await read();
  // The last one is published a moment after the grant is Revoked.
  while (!told.some(({ type }) => type === LAST) && Date.now() < until) {
    await delay(LOOK_MS);
    told = await read();
  }
  const lines = told.map(({ time, type }) => `  ${time}  ${type}`);
  say(`\nWhat operators were told, as CloudEvents:\n\n${lines.join("\n")}`);
}
