/** What Event Grid does to events in bad weather, as settings that can be changed while it runs. */
import { z } from "zod";

const rate = z.number().min(0).max(1);
const count = z.int().min(0);

const eventFaultsSchema = z.strictObject({
  /** Of events that nobody ever hears of. */
  dropRate: rate,
  /** How many of the next ones are dropped, whatever the rate is; counts down. */
  dropNext: count,
  /** Of events that are sent twice. */
  duplicateRate: rate,
  duplicateNext: count,
  /** Every event is held back for so long. */
  delayMs: z.number().min(0),
  /** Every other event of a subscription lets the next one overtake it. */
  reorder: z.boolean(),
});

export type EventFaults = z.infer<typeof eventFaultsSchema>;

export const noEventFaults = (): EventFaults => ({
  dropRate: 0,
  dropNext: 0,
  duplicateRate: 0,
  duplicateNext: 0,
  delayMs: 0,
  reorder: false,
});

/** What is left out stays. Throws with the name of what is wrong. */
export function changeEventFaults(faults: EventFaults, change: unknown): void {
  const parsed = eventFaultsSchema.partial().safeParse(change);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "eventFaults"}: ${message}`,
    );
    throw new Error(problems.join("; "));
  }
  Object.assign(faults, parsed.data);
}

/** Whether the next event is dropped. */
export function drops(faults: EventFaults): boolean {
  if (faults.dropNext === 0) return Math.random() < faults.dropRate;
  faults.dropNext -= 1;
  return true;
}

/** How often the next event is sent on top of the first time. */
export function duplicates(faults: EventFaults): number {
  if (faults.duplicateNext === 0) return Math.random() < faults.duplicateRate ? 1 : 0;
  faults.duplicateNext -= 1;
  return 1;
}
