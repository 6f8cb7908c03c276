/** What a region offers to a subscription, and what we may do at a scope: lists that are read to their end. */
import type { ResourceSku } from "@azure/arm-compute";
import type * as z from "zod";
import type { ArmFailure } from "../operations/arm.ts";
import type { Permission, SkuReading } from "../operations/arm-resources.ts";
import type { ArmClient } from "./arm-client.ts";
import { isOn } from "./arm-get.ts";
import { foreignNextLink, pageOf } from "./arm-page.ts";
import { get, urlOf } from "./arm-plain.ts";
import { permissionsSchema, skuReadingsOf } from "./arm-resource-readings.ts";

export async function skusOf(
  arm: ArmClient,
  subscriptionId: string,
  location: string,
): Promise<{ kind: "found"; skus: readonly SkuReading[] } | ArmFailure> {
  const { resourceSkus } = arm.for(subscriptionId);
  const filter = `location eq '${location}'`;
  const all: ResourceSku[] = [];
  let continuation: string | undefined;
  do {
    const page = await pageOf(
      arm,
      (options) => resourceSkus.list({ ...options, filter }),
      continuation,
    );
    if (page.kind !== "page") return page;
    all.push(...page.items);
    continuation = page.continuation;
  } while (continuation !== undefined);
  return { kind: "found", skus: skuReadingsOf(all, location) };
}

type PermissionsPage = { readonly kind: "page" } & z.output<typeof permissionsSchema>;

export async function permissionsIn(
  arm: ArmClient,
  scope: string,
): Promise<{ kind: "found"; permissions: readonly Permission[] } | ArmFailure> {
  const path = `${scope}/providers/Microsoft.Authorization/permissions`;
  const permissions: Permission[] = [];
  let url: string | undefined = urlOf(arm, path, "authorization");
  do {
    if (!isOn(arm.options.endpoint, url)) return foreignNextLink;
    const page: PermissionsPage | ArmFailure = await get(
      arm,
      url,
      permissionsSchema,
      ({ value, nextLink }) => ({ kind: "page", value, nextLink }),
    );
    if (page.kind !== "page") return page;
    permissions.push(...page.value);
    // Azure ends some lists with an empty link.
    url = page.nextLink || undefined;
  } while (url !== undefined);
  return { kind: "found", permissions };
}
