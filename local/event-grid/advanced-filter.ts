/**
 * The advanced filters of an event subscription: an operator, a key into the event, and values.
 * https://learn.microsoft.com/azure/event-grid/event-filtering#advanced-filtering
 */

export type AdvancedFilter = PresenceFilter | ComparingFilter;

interface PresenceFilter {
  readonly operatorType: "IsNullOrUndefined" | "IsNotNull";
  readonly key: string;
}

type ComparingFilter = { readonly key: string } & (
  | { readonly operatorType: StringOperator; readonly values: readonly string[] }
  | { readonly operatorType: "NumberIn" | "NumberNotIn"; readonly values: readonly number[] }
  | {
      readonly operatorType: "NumberInRange" | "NumberNotInRange";
      /** Both ends belong to it. */
      readonly values: readonly (readonly [number, number])[];
    }
  | { readonly operatorType: NumberComparison; readonly value: number }
  | { readonly operatorType: "BoolEquals"; readonly value: boolean }
);

type StringOperator =
  | "StringIn"
  | "StringNotIn"
  | "StringContains"
  | "StringNotContains"
  | "StringBeginsWith"
  | "StringNotBeginsWith"
  | "StringEndsWith"
  | "StringNotEndsWith";
type NumberComparison =
  | "NumberLessThan"
  | "NumberLessThanOrEquals"
  | "NumberGreaterThan"
  | "NumberGreaterThanOrEquals";

/** Documented: of an event without the key only these hold. NumberNotInRange is not mentioned there. */
const HOLD_WITHOUT_KEY: ReadonlySet<string> = new Set(["NumberNotIn", "StringNotIn"]);

/** `found`: what the event has under the filter's key. */
export function holds(filter: AdvancedFilter, found: unknown, lookIntoArrays: boolean): boolean {
  const missing = found === undefined || found === null;
  if (testsPresence(filter)) return missing === (filter.operatorType === "IsNullOrUndefined");
  if (missing || (Array.isArray(found) && !lookIntoArrays))
    return HOLD_WITHOUT_KEY.has(filter.operatorType);
  const elements: unknown[] = Array.isArray(found) ? found : [found];
  const negated = /^(?:String|Number)Not/.test(filter.operatorType);
  return elements.some((element) => fits(filter, element)) !== negated;
}

const testsPresence = (filter: AdvancedFilter): filter is PresenceFilter =>
  filter.operatorType === "IsNullOrUndefined" || filter.operatorType === "IsNotNull";

/** Whether one element does what the operator asks, or forbids. Of another type than the filter's it never does. */
function fits(filter: ComparingFilter, element: unknown): boolean {
  switch (filter.operatorType) {
    case "BoolEquals":
      return element === filter.value;
    case "NumberIn":
    case "NumberNotIn":
      return filter.values.some((value) => value === element);
    case "NumberInRange":
    case "NumberNotInRange":
      return filter.values.some(
        ([low, high]) => typeof element === "number" && element >= low && element <= high,
      );
    case "NumberLessThan":
    case "NumberLessThanOrEquals":
    case "NumberGreaterThan":
    case "NumberGreaterThanOrEquals":
      return typeof element === "number" && compare[filter.operatorType](element, filter.value);
    default:
      return typeof element === "string" && textFits(filter.operatorType, element, filter.values);
  }
}

const compare: Record<NumberComparison, (element: number, value: number) => boolean> = {
  NumberLessThan: (element, value) => element < value,
  NumberLessThanOrEquals: (element, value) => element <= value,
  NumberGreaterThan: (element, value) => element > value,
  NumberGreaterThanOrEquals: (element, value) => element >= value,
};

/** Texts compare without regard to case. */
function textFits(operator: StringOperator, element: string, values: readonly string[]): boolean {
  const text = element.toLowerCase();
  return values.some((each) => {
    const value = each.toLowerCase();
    if (operator.endsWith("In")) return text === value;
    if (operator.endsWith("Contains")) return text.includes(value);
    return operator.endsWith("BeginsWith") ? text.startsWith(value) : text.endsWith(value);
  });
}
