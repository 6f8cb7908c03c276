/** An event subscription as ARM shows it, and as Event Grid delivers to it. */
import type { EventFilter } from "../../../event-grid/filter.ts";
import type { Subscription } from "../../../event-grid/subscription.ts";
import { partsOf } from "../../paths.ts";
import type { EventSubscriptionRecord } from "../../state/state.ts";
import type { EventSubscriptionProperties } from "./body.ts";
import { topicOf } from "./event-types.ts";
import { keptIn } from "./kept.ts";

export const TYPE = "Microsoft.EventGrid/eventSubscriptions";

const MINUTE = 60_000;
const DEFAULT_KILOBYTES = 64;
const DEFAULT_SCHEMA = "EventGridSchema";

export function renderEventSubscription(record: EventSubscriptionRecord) {
  const { given, provisioningState } = keptIn(record);
  const { endpointType, properties: webhook } = given.destination;
  const { retryPolicy, filter } = given;
  return {
    id: record.id,
    name: record.name,
    type: TYPE,
    properties: {
      topic: `/subscriptions/${partsOf(record.id).subscriptionId}`,
      provisioningState,
      destination: {
        endpointType,
        properties: {
          endpointBaseUrl: baseOf(webhook.endpointUrl),
          maxEventsPerBatch: webhook.maxEventsPerBatch ?? 1,
          preferredBatchSizeInKilobytes: webhook.preferredBatchSizeInKilobytes ?? DEFAULT_KILOBYTES,
        },
      },
      filter: { subjectBeginsWith: "", subjectEndsWith: "", ...withoutNulls(filter ?? {}) },
      eventDeliverySchema: given.eventDeliverySchema ?? DEFAULT_SCHEMA,
      retryPolicy: {
        maxDeliveryAttempts: retryPolicy?.maxDeliveryAttempts ?? 30,
        eventTimeToLiveInMinutes: retryPolicy?.eventTimeToLiveInMinutes ?? 1440,
      },
      ...withoutNulls({
        labels: given.labels,
        deadLetterDestination: given.deadLetterDestination,
        expirationTimeUtc: given.expirationTimeUtc,
      }),
    },
  };
}

/** Without the query, which may hold a key. */
export const baseOf = (endpointUrl: string): string => endpointUrl.replace(/[?#].*$/s, "");

export function subscriptionOf(id: string, given: EventSubscriptionProperties): Subscription {
  const { subscriptionId, name } = partsOf(id);
  const { maxEventsPerBatch, preferredBatchSizeInKilobytes, endpointUrl } =
    given.destination.properties;
  const deadLetters = given.deadLetterDestination?.properties;
  const { topic, types } = topicOf(given.filter?.includedEventTypes ?? []);
  return {
    name,
    subscriptionId,
    topic,
    schema: given.eventDeliverySchema ?? DEFAULT_SCHEMA,
    endpoint: endpointUrl,
    filter: { ...filterOf(given), includedEventTypes: types },
    retryPolicy: retryPolicyOf(given),
    ...((maxEventsPerBatch ?? 1) > 1 && {
      batching: {
        maxEvents: maxEventsPerBatch ?? 1,
        preferredKilobytes: preferredBatchSizeInKilobytes ?? DEFAULT_KILOBYTES,
      },
    }),
    ...(deadLetters && {
      deadLetterDestination: {
        resourceId: deadLetters.resourceId,
        container: deadLetters.blobContainerName,
      },
    }),
  };
}

const filterOf = ({ filter }: EventSubscriptionProperties): EventFilter =>
  withoutNulls({
    subjectBeginsWith: filter?.subjectBeginsWith,
    subjectEndsWith: filter?.subjectEndsWith,
    isSubjectCaseSensitive: filter?.isSubjectCaseSensitive,
    enableAdvancedFilteringOnArrays: filter?.enableAdvancedFilteringOnArrays,
    advancedFilters: filter?.advancedFilters,
  });

function retryPolicyOf({ retryPolicy }: EventSubscriptionProperties) {
  const minutes = retryPolicy?.eventTimeToLiveInMinutes;
  return withoutNulls({
    maxDeliveryAttempts: retryPolicy?.maxDeliveryAttempts,
    timeToLiveInMilliseconds: minutes ? minutes * MINUTE : undefined,
  });
}

type WithoutNulls<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

const withoutNulls = <T extends object>(properties: T): WithoutNulls<T> =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  ) as WithoutNulls<T>;
