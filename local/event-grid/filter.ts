/**
 * The filters of an Azure event subscription, as far as resource events need them. Values compare without
 * regard to case, as they do in Azure. https://learn.microsoft.com/azure/event-grid/event-filtering
 */
import type { Event } from "./event.ts";

export interface EventFilter {
  readonly includedEventTypes?: readonly string[];
  readonly subjectBeginsWith?: string;
  readonly subjectEndsWith?: string;
  /** All must hold; within one, any value is enough. */
  readonly advancedFilters?: readonly AdvancedFilter[];
}

interface AdvancedFilter {
  readonly operatorType: "StringIn" | "StringContains" | "StringBeginsWith" | "StringEndsWith";
  /** A path into the event: `data.operationName`. */
  readonly key: string;
  readonly values: readonly string[];
}

export function passes(event: Event, filter: EventFilter = {}): boolean {
  const subject = event.subject.toLowerCase();
  return (
    (filter.includedEventTypes?.some((type) => same(type, event.type)) ?? true) &&
    subject.startsWith(filter.subjectBeginsWith?.toLowerCase() ?? "") &&
    subject.endsWith(filter.subjectEndsWith?.toLowerCase() ?? "") &&
    (filter.advancedFilters ?? []).every((advanced) => matches(event, advanced))
  );
}

function matches(event: Event, { operatorType, key, values }: AdvancedFilter): boolean {
  const found = valueAt(event, key.split("."));
  if (typeof found !== "string") return false;
  const text = found.toLowerCase();
  return values.some((value) => compare[operatorType](text, value.toLowerCase()));
}

const compare: Record<AdvancedFilter["operatorType"], (text: string, value: string) => boolean> = {
  StringIn: (text, value) => text === value,
  StringContains: (text, value) => text.includes(value),
  StringBeginsWith: (text, value) => text.startsWith(value),
  StringEndsWith: (text, value) => text.endsWith(value),
};

function valueAt(from: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return from;
  if (typeof from !== "object" || from === null) return undefined;
  return valueAt(Object.entries(from).find(([name]) => name === key)?.[1], rest);
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
