/** A list of what happened within some time. */
import { instantText } from "./text.ts";

/** The parameters, about the property `of`. */
export const timeQuery = (of: string) => ({
  from: instantText.optional().meta({ description: `First instant of \`${of}\`.` }),
  to: instantText.optional().meta({
    description: `End of \`${of}\`, itself not included: adjoining ranges share nothing.`,
  }),
});

export interface TimeRange {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** For `refine`. */
export const isForward = ({ from, to }: TimeRange): boolean => !(from && to && from >= to);
export const notForward = { path: ["from"], error: "expected an instant before to" };

export const isWithin = (instant: string, { from, to }: TimeRange): boolean =>
  (from === undefined || Date.parse(instant) >= from.getTime()) &&
  (to === undefined || Date.parse(instant) < to.getTime());
