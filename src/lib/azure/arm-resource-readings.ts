/** What ARM tells of resources, and of what has to be there for them, as the app's own readings. */
import type { Disk, ResourceSku, VirtualMachine } from "@azure/arm-compute";
import * as z from "zod";
import type {
  NetworkPlace,
  Permission,
  PowerState,
  ResourceReading,
  SkuReading,
} from "../operations/arm-resources.ts";

type Model = Pick<Disk | VirtualMachine, "id" | "tags" | "provisioningState"> &
  Pick<Disk, "completionPercent">;

export const resourceReadingOf = ({
  id = "",
  tags,
  provisioningState,
  completionPercent,
}: Model): ResourceReading => ({
  id,
  tags: tags ?? {},
  provisioningState: provisioningState ?? "",
  ...(completionPercent === undefined ? {} : { completionPercent }),
});

/** Of a VM's instance view. */
export function powerStateIn(statuses: readonly { readonly code?: string }[]): PowerState {
  const states = statuses.map(({ code = "" }) => code.toLowerCase());
  if (states.includes("powerstate/deallocated")) return "deallocated";
  return states.includes("powerstate/deallocating") ? "deallocating" : "other";
}

const reference = z.object({ id: z.string() });

export const networkInterfaceSchema = z
  .object({
    id: z.string(),
    tags: z.record(z.string(), z.string()).nullish(),
    properties: z.object({ provisioningState: z.string().optional() }),
  })
  .transform(({ id, tags, properties }) =>
    resourceReadingOf({
      id,
      ...(tags ? { tags } : {}),
      ...(properties.provisioningState === undefined
        ? {}
        : { provisioningState: properties.provisioningState }),
    }),
  );

const ipConfiguration = z.object({
  properties: z.object({ primary: z.boolean().optional(), subnet: reference }),
});

export const networkPlaceSchema = z
  .object({
    properties: z.object({
      enableAcceleratedNetworking: z.boolean().optional(),
      networkSecurityGroup: reference.nullish(),
      ipConfigurations: z.tuple([ipConfiguration], ipConfiguration),
    }),
  })
  .transform(({ properties }): NetworkPlace => {
    const { ipConfigurations, networkSecurityGroup, enableAcceleratedNetworking } = properties;
    const primary = ipConfigurations.find((each) => each.properties.primary) ?? ipConfigurations[0];
    return {
      subnetId: primary.properties.subnet.id,
      ...(networkSecurityGroup ? { networkSecurityGroupId: networkSecurityGroup.id } : {}),
      ...(enableAcceleratedNetworking === undefined
        ? {}
        : { acceleratedNetworking: enableAcceleratedNetworking }),
    };
  });

export const virtualNetworkSchema = z
  .object({
    id: z.string(),
    location: z.string(),
    properties: z.object({ subnets: z.array(z.object({ name: z.string() })).default([]) }),
  })
  .transform(({ id, location, properties }) => ({
    id,
    location,
    subnets: properties.subnets.map(({ name }) => name),
  }));

export const resourceGroupSchema = z.object({ location: z.string() });

const actions = z.array(z.string()).nullish();

export const permissionsSchema = z.object({
  value: z.array(
    z.object({ actions, notActions: actions }).transform(
      (granted): Permission => ({
        actions: granted.actions ?? [],
        notActions: granted.notActions ?? [],
      }),
    ),
  ),
  nextLink: z.string().nullish(),
});

/**
 * What may be used of a region: Azure lists the others too, with the reason why not. It has an entry for each size of a
 * disk SKU, which are one here.
 */
export function skuReadingsOf(models: readonly ResourceSku[], location: string): SkuReading[] {
  const readings = new Map<string, SkuReading>();
  for (const model of models) {
    const { resourceType, name = "" } = model;
    if (resourceType !== "disks" && resourceType !== "virtualMachines") continue;
    const zones = zonesOf(model, location);
    if (zones === undefined) continue;
    const key = `${resourceType}/${name}`;
    const known = readings.get(key)?.zones ?? [];
    const all = [...new Set([...known, ...zones])].sort();
    readings.set(key, { resourceType, name, zones: all, ...capabilitiesOf(model) });
  }
  return [...readings.values()];
}

function capabilitiesOf({ resourceType, capabilities = [] }: ResourceSku): Partial<SkuReading> {
  if (resourceType !== "virtualMachines") return {};
  const told = (name: string) => capabilities.find((each) => each.name === name)?.value;
  const premium = told("PremiumIO");
  const fast = told("AcceleratedNetworkingEnabled");
  const most = told("MaxDataDiskCount");
  return {
    ...(premium === undefined ? {} : { premiumIO: premium === "True" }),
    ...(fast === undefined ? {} : { acceleratedNetworking: fast === "True" }),
    ...(most === undefined ? {} : { mostDataDisks: Number(most) }),
  };
}

/** Undefined: it is not to be had in the region at all. */
function zonesOf(
  { locationInfo = [], restrictions = [] }: ResourceSku,
  location: string,
): string[] | undefined {
  const isHere = (name: string | undefined) => name?.toLowerCase() === location.toLowerCase();
  const info = locationInfo.find((each) => isHere(each.location));
  const here = restrictions.filter(({ values = [], restrictionInfo }) =>
    [...values, ...(restrictionInfo?.locations ?? [])].some(isHere),
  );
  if (info === undefined || here.some(({ type }) => type === "Location")) return undefined;
  const closed = here.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []);
  return (info.zones ?? []).filter((zone) => !closed.includes(zone));
}
