/**
 * Reserves start times, so that a burst of restore points is spread over what Azure allows instead of meeting 429.
 * One entity per subscription and region holds when the budget is free again; instances take starts from it in
 * blocks, by compare-and-set: whoever asks while a block is being reserved is in the next one.
 *
 * A budget is a bucket of `burst` starts that refills by one every `interval`, and stays below what Azure was seen to
 * allow in a subscription and region: 120 creates in 3 minutes and 600 in 30, 350 deletes in 3 minutes and 1,000 in 30.
 */
import * as z from "zod";
import type { EntityTable, TableDefinition } from "../state/entity-table.ts";

const RATES = {
  createRestorePoint: { interval: 3400, burst: 50 },
  deleteRestorePoint: { interval: 2000, burst: 90 },
  // Two writes each, of 200 at once and 10 a second that ARM allows a caller; revocations need their share.
  grantAccess: { interval: 300, burst: 60 },
  // A restore is six writes or more: they get what the others seldom use of 200 at once and 10 a second.
  restoreResource: { interval: 110, burst: 150 },
  // Some eight reads each, most of them known already when several restores come at once.
  checkRestore: { interval: 400, burst: 15 },
  // Of all reads that ARM allows a caller (250 at once, 25 a second) the looks at operations need their share.
  readVm: { interval: 55, burst: 150 },
} as const;
type PacedRequest = keyof typeof RATES;

const pacerSchema = z.object({
  budget: z.string(),
  /** When all reserved starts have refilled: the bucket is full again. */
  fullAt: z.iso.datetime(),
});
export type Pacer = z.infer<typeof pacerSchema>;

export const pacerTable: TableDefinition<Pacer> = {
  name: "pacer",
  schema: pacerSchema,
  keyOf: ({ budget }) => ({ partitionKey: budget, rowKey: "pacer" }),
};

export const budgetFor = (
  request: PacedRequest,
  subscriptionId: string,
  location: string,
): string => `${request}~${`${subscriptionId}~${location}`.toLowerCase()}`;

const isPaced = (request: string): request is PacedRequest => request in RATES;

/** `factor`: of what Azure allows everybody, for those to whom it allows more. */
function rateOf(budget: string, factor: number): { interval: number; burst: number } {
  const request = budget.slice(0, budget.indexOf("~"));
  const { interval, burst } = RATES[isPaced(request) ? request : "createRestorePoint"];
  return { interval: interval / factor, burst: Math.max(1, Math.floor(burst * factor)) };
}

/** Pure: `count` starts from `now` on, and the pacer after them. */
export function reserve(
  pacer: Pacer,
  count: number,
  now: Date,
  factor = 1,
): { pacer: Pacer; starts: Date[] } {
  const { interval, burst } = rateOf(pacer.budget, factor);
  const full = Math.max(Date.parse(pacer.fullAt), now.getTime());
  const starts = Array.from(
    { length: count },
    (_, index) => new Date(Math.max(now.getTime(), full + (index + 1 - burst) * interval)),
  );
  const fullAt = new Date(full + count * interval).toISOString();
  return { pacer: { ...pacer, fullAt }, starts };
}

/** Pure: no further start before `until`. */
export function pushBack(pacer: Pacer, until: Date, factor = 1): Pacer {
  const { interval, burst } = rateOf(pacer.budget, factor);
  const emptyUntil = until.getTime() + (burst - 1) * interval;
  const fullAt = new Date(Math.max(Date.parse(pacer.fullAt), emptyUntil)).toISOString();
  return { ...pacer, fullAt };
}

export interface Pace {
  /** When the next start of this budget may be. Now, unless the budget is used up. */
  nextStart(budget: string, now: Date): Promise<Date>;
  /** After a Retry-After that concerns the whole budget. */
  pause(budget: string, until: Date): Promise<void>;
}

interface Waiting {
  readonly now: Date;
  resolve(start: Date): void;
  reject(reason: unknown): void;
}

/** `factor` times what Azure allows everybody. */
export function createPace(table: EntityTable<Pacer>, factor = 1): Pace {
  const waiting = new Map<string, Waiting[]>();

  async function reserveBlocks(budget: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const block = queue.slice();
      try {
        const now = block[0]?.now ?? new Date(0);
        const starts = await change(table, budget, (pacer) =>
          reserve(pacer, block.length, now, factor),
        );
        queue.splice(0, block.length).forEach(({ resolve, now }, index) => {
          resolve(starts[index] ?? now);
        });
      } catch (reason) {
        for (const { reject } of queue.splice(0, block.length)) reject(reason);
      }
    }
    waiting.delete(budget);
  }

  return {
    nextStart: (budget, now) =>
      new Promise((resolve, reject) => {
        const queue = waiting.get(budget);
        if (queue) {
          queue.push({ now, resolve, reject });
          return;
        }
        const first = [{ now, resolve, reject }];
        waiting.set(budget, first);
        void reserveBlocks(budget, first);
      }),
    pause: async (budget, until) => {
      await change(table, budget, (pacer) => ({
        pacer: pushBack(pacer, until, factor),
        starts: [],
      }));
    },
  };
}

async function change(
  table: EntityTable<Pacer>,
  budget: string,
  decide: (pacer: Pacer) => { pacer: Pacer; starts: Date[] },
): Promise<Date[]> {
  const fresh: Pacer = { budget, fullAt: new Date(0).toISOString() };
  const key = pacerTable.keyOf(fresh);
  for (;;) {
    const stored = await table.get(key);
    const { pacer, starts } = decide(stored?.record ?? fresh);
    const written = stored ? await table.replace(pacer, stored.etag) : await table.insert(pacer);
    if (written !== "conflict" && written !== "exists") return starts;
  }
}
