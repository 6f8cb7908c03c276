/** Writes the records of the seeded partners, the way a policy administrator would. */
import { callerNamed } from "../identity/callers.ts";
import type { ApiRequest } from "./api-client.ts";
import { RESOURCE_GROUP, SUBSCRIPTION_ID } from "./vm-address.ts";

const group = { subscriptionId: SUBSCRIPTION_ID, resourceGroup: RESOURCE_GROUP };

const partners = [
  {
    caller: "partner-a",
    name: "Partner A",
    scope: [group],
    verbs: ["read", "createRestorePoints", "deleteRestorePoints", "grants", "restores"],
  },
  {
    caller: "partner-b",
    name: "Partner B",
    scope: [{ ...group, vm: "web-01" }],
    verbs: ["read", "grants"],
  },
];

/** As much as there is: whoever tries something out asks again and again. */
const rateLimit = { requestsPerMinute: 6000, burst: 1000 };

export async function seedPartners(api: ApiRequest): Promise<void> {
  await Promise.all(partners.map((partner) => seedPartner(api, partner)));
}

async function seedPartner(
  api: ApiRequest,
  { caller, ...partner }: (typeof partners)[number],
): Promise<void> {
  const { status } = await api(`/partners/${callerNamed(caller).clientId}`, {
    ...{ caller: "policy-admin", method: "PUT" },
    body: { ...partner, rateLimit, contact: `${caller}@example.com` },
  });
  if (status !== 201) throw new Error(`The record of ${caller} was answered ${status}.`);
}
