/** List prices, to be replaced by one's own. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const priceSchema = z.strictObject({
  /** So many cost `price`. */
  per: z.number().positive(),
  price: z.number().nonnegative(),
  /** So many a month cost nothing. */
  free: z.number().nonnegative().default(0),
  /** Where it can be looked up. */
  page: z.string(),
});

const pricesSchema = z.strictObject({
  what: z.string(),
  currency: z.string(),
  prices: z.strictObject({
    tableRequests: priceSchema,
    queueRequests: priceSchema,
    blobReads: priceSchema,
    blobWrites: priceSchema,
    executions: priceSchema,
    gigabyteSeconds: priceSchema,
    eventOperations: priceSchema,
    logGigabytes: priceSchema,
    snapshotGibibytes: priceSchema,
    copiedGibibytes: priceSchema,
  }),
});
export type Prices = z.infer<typeof pricesSchema>["prices"];
export type Priced = keyof Prices;

/** Throws when one is missing or wrong. */
export const readPrices = (file: URL | string): z.infer<typeof pricesSchema> =>
  pricesSchema.parse(JSON.parse(readFileSync(file, "utf8")));

/** What `quantity` of it costs in a month. */
export const costOf = (prices: Prices, of: Priced, quantity: number): number => {
  const { per, price, free } = prices[of];
  return (Math.max(0, quantity - free) / per) * price;
};
