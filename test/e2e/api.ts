/** The functions API as a test reads it. */
import { z } from "zod";
import type { Stack } from "../../local/stack/start-stack.ts";
import { vmKeyOf } from "../../local/stack/vm-address.ts";
import { waitFor } from "./wait-for.ts";

const pointSchema = z.looseObject({
  name: z.string(),
  slot: z.string(),
  state: z.string(),
  resourceId: z.string(),
  operationId: z.string(),
  consistencyMode: z.string().optional(),
  disks: z.array(z.looseObject({ name: z.string(), diskRestorePointId: z.string().optional() })),
  excludedDisks: z.array(z.looseObject({ name: z.string(), reason: z.string() })),
  error: z.looseObject({ code: z.string(), advice: z.string().optional() }).optional(),
});
export type ListedPoint = z.infer<typeof pointSchema>;

const vmSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  reason: z.string().optional(),
  policies: z.array(z.string()),
  nextSlotAt: z.string().optional(),
  lastSlot: z.looseObject({ slot: z.string(), state: z.string() }).optional(),
  openSlots: z.array(z.looseObject({ slot: z.string() })),
});

export async function restorePoints(
  { api }: Pick<Stack, "api">,
  vm: string,
): Promise<ListedPoint[]> {
  const response = await api(`/vms/${vmKeyOf(vm)}/restore-points`);
  if (response.status === 404) return [];
  return z.object({ value: z.array(pointSchema) }).parse(await response.json()).value;
}

export async function listedVm({ api }: Pick<Stack, "api">, vm: string) {
  const response = await api("/vms");
  const { value } = z.object({ value: z.array(vmSchema) }).parse(await response.json());
  return value.find(({ id }) => id === vmKeyOf(vm));
}

export const succeededPoint = (stack: Pick<Stack, "api">, vm: string) =>
  waitFor(`a succeeded restore point of ${vm}`, async () =>
    (await restorePoints(stack, vm)).find(({ state }) => state === "Succeeded"),
  );

/** The restore points of a VM that ARM has been asked for, by name. */
export const restorePointPuts = ({ arm }: Pick<Stack, "arm">, vm: string): string[] =>
  arm.requests
    .filter(({ method }) => method === "PUT")
    .flatMap(
      ({ path }) =>
        new RegExp(`/rpc-${vm}-[^/]+/restorePoints/([^/]+)$`, "i").exec(path)?.[1] ?? [],
    );

/** What operators were told of something, as soon as there is any: `id` is part of the notification's. */
export const toldOf = ({ topic }: Pick<Stack, "topic">, id: string) =>
  waitFor(`operators to be told of ${id}`, async () => {
    const told = topic.events.filter((event) => event.id.startsWith(id));
    return told.length > 0 ? told : undefined;
  });
