/**
 * An event subscription as clients send it. What Azure takes and the emulator does not have (other destinations than
 * webhooks, identities, delivery attributes) is refused by name.
 */
import { z } from "zod";
import { filterBody } from "./filter-body.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** The address itself stays out of the message: its query may hold a key. */
const endpointUrl = z.string().superRefine((text, { addIssue }) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) addIssue("must be an absolute URL");
  else if (url.username || url.password) addIssue("must not name a user");
  else if (url.protocol === "https:") return;
  else if (url.protocol !== "http:" || !LOOPBACK.includes(url.hostname))
    addIssue("must be https, or http on this machine");
});

/** What GET shows and PUT takes back unread. */
const readOnly = z.unknown().optional();

const destination = z.strictObject({
  endpointType: z.literal("WebHook"),
  properties: z.strictObject({
    endpointUrl,
    endpointBaseUrl: readOnly,
    maxEventsPerBatch: z.int().min(1).max(5000).nullish(),
    preferredBatchSizeInKilobytes: z.int().min(1).max(1024).nullish(),
  }),
});

const retryPolicy = z.strictObject({
  maxDeliveryAttempts: z.int().min(1).max(30).nullish(),
  eventTimeToLiveInMinutes: z.int().min(1).max(1440).nullish(),
});

const STORAGE_ACCOUNT =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}$/i;
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

const deadLetterDestination = z.strictObject({
  endpointType: z.literal("StorageBlob"),
  properties: z.strictObject({
    resourceId: z.string().regex(STORAGE_ACCOUNT, "must be the id of a storage account"),
    blobContainerName: z.string().regex(CONTAINER, "must be the name of a blob container"),
  }),
});

export const propertiesBody = z.strictObject({
  topic: readOnly,
  provisioningState: readOnly,
  destination,
  filter: filterBody.nullish(),
  labels: z.array(z.string()).nullish(),
  eventDeliverySchema: z.enum(["EventGridSchema", "CloudEventSchemaV1_0"]).nullish(),
  retryPolicy: retryPolicy.nullish(),
  deadLetterDestination: deadLetterDestination.nullish(),
  expirationTimeUtc: z.iso.datetime({ offset: true }).nullish(),
});

export const eventSubscriptionBody = z.strictObject({
  id: readOnly,
  name: readOnly,
  type: readOnly,
  systemData: readOnly,
  properties: propertiesBody,
});

export type EventSubscriptionProperties = z.infer<typeof propertiesBody>;
