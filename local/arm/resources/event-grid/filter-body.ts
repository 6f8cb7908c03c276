/** `filter` of an event subscription as clients send it. https://learn.microsoft.com/azure/event-grid/event-filtering */
import { z } from "zod";
import { isEventType } from "./event-types.ts";

const MOST_FILTERS = 25;
/** Of all filters together. */
const MOST_VALUES = 25;
const LONGEST_VALUE = 512;

const key = z.string().min(1);
const number = z.number();

const advancedFilter = z.discriminatedUnion("operatorType", [
  z.strictObject({
    operatorType: z.enum([
      "StringIn",
      "StringNotIn",
      "StringContains",
      "StringNotContains",
      "StringBeginsWith",
      "StringNotBeginsWith",
      "StringEndsWith",
      "StringNotEndsWith",
    ]),
    key,
    values: z.array(z.string().max(LONGEST_VALUE)).min(1),
  }),
  z.strictObject({
    operatorType: z.enum(["NumberIn", "NumberNotIn"]),
    key,
    values: z.array(number).min(1),
  }),
  z.strictObject({
    operatorType: z.enum(["NumberInRange", "NumberNotInRange"]),
    key,
    values: z.array(z.tuple([number, number])).min(1),
  }),
  z.strictObject({
    operatorType: z.enum([
      "NumberLessThan",
      "NumberLessThanOrEquals",
      "NumberGreaterThan",
      "NumberGreaterThanOrEquals",
    ]),
    key,
    value: number,
  }),
  z.strictObject({ operatorType: z.literal("BoolEquals"), key, value: z.boolean() }),
  z.strictObject({ operatorType: z.enum(["IsNullOrUndefined", "IsNotNull"]), key }),
]);

type AdvancedFilterBody = z.infer<typeof advancedFilter>;

function valuesIn(filter: AdvancedFilterBody): number {
  if ("values" in filter) return filter.values.length;
  return "value" in filter ? 1 : 0;
}

const advancedFilters = z
  .array(advancedFilter)
  .max(MOST_FILTERS)
  .refine(
    (filters) => filters.reduce((sum, each) => sum + valuesIn(each), 0) <= MOST_VALUES,
    `at most ${MOST_VALUES} values in all filters together`,
  );

const eventType = z.string().refine(isEventType, {
  error: ({ input }) => `'${String(input)}' is no event type of an Azure subscription`,
});

export const filterBody = z.strictObject({
  includedEventTypes: z.array(eventType).nullish(),
  subjectBeginsWith: z.string().nullish(),
  subjectEndsWith: z.string().nullish(),
  isSubjectCaseSensitive: z.boolean().nullish(),
  enableAdvancedFilteringOnArrays: z.boolean().nullish(),
  advancedFilters: advancedFilters.nullish(),
});
