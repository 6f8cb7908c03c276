/** The filters of an Azure event subscription. https://learn.microsoft.com/azure/event-grid/event-filtering */
import { type AdvancedFilter, holds } from "./advanced-filter.ts";
import { cloudEvent, eventGridEvent } from "./envelope.ts";
import type { Event } from "./event.ts";
import type { EventSchema } from "./subscription.ts";

export interface EventFilter {
  readonly includedEventTypes?: readonly string[];
  readonly subjectBeginsWith?: string;
  readonly subjectEndsWith?: string;
  /** Of the subject's beginning and end; default false. */
  readonly isSubjectCaseSensitive?: boolean;
  /** Otherwise the value of a key that is an array counts as not there. */
  readonly enableAdvancedFilteringOnArrays?: boolean;
  /** All must hold; within one, any value is enough. */
  readonly advancedFilters?: readonly AdvancedFilter[];
}

/** Keys of advanced filters name parts of the event as the subscription gets it, in its schema. */
export function passes(
  event: Event,
  filter: EventFilter = {},
  schema: EventSchema = "EventGridSchema",
): boolean {
  const { includedEventTypes, advancedFilters = [] } = filter;
  if (includedEventTypes && !includedEventTypes.some((type) => same(type, event.type)))
    return false;
  if (!subjectFits(event.subject, filter)) return false;
  if (advancedFilters.length === 0) return true;
  const sent = schema === "EventGridSchema" ? eventGridEvent(event) : cloudEvent(event);
  return advancedFilters.every((each) =>
    holds(each, valueAt(sent, each.key), filter.enableAdvancedFilteringOnArrays ?? false),
  );
}

function subjectFits(subject: string, filter: EventFilter): boolean {
  const { subjectBeginsWith = "", subjectEndsWith = "", isSubjectCaseSensitive = false } = filter;
  const as = (text: string) => (isSubjectCaseSensitive ? text : text.toLowerCase());
  return as(subject).startsWith(as(subjectBeginsWith)) && as(subject).endsWith(as(subjectEndsWith));
}

/** `data.resourceInfo.type`; Azure's documents spell the names of the envelope also `Subject` and `Data`. */
function valueAt(event: object, key: string): unknown {
  const [first = "", ...rest] = key.split(".");
  const start = Object.entries(event).find(([name]) => same(name, first))?.[1];
  return rest.reduce(below, start);
}

function below(from: unknown, name: string): unknown {
  if (typeof from !== "object" || from === null) return undefined;
  return Object.entries(from).find(([each]) => each === name)?.[1];
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
