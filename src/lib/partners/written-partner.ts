/** Reads what somebody wrote as the partner `id`, with everything that is wrong at once. */
import * as z from "zod";
import { DAY, durationSchema } from "../policy/duration.ts";
import { type Problem, problemsOf } from "../problem.ts";
import {
  type Partner,
  partnerIdSchema,
  partnerStateSchema,
  partnerVerbSchema,
  usualRateLimit,
} from "./partner.ts";

/** A grant that may last longer would be a standing access. */
const LONGEST_GRANT = 60 * DAY;

const text = (most: number) =>
  z
    .string({ error: `expected 1 to ${most} characters` })
    .min(1)
    .max(most);

const azureName = (what: string, most: number) =>
  z
    .string({ error: `expected the name of ${what}` })
    .regex(new RegExp(`^[^~/\\\\#?%\\p{Cc}]{1,${most}}$`, "u"), {
      error: `expected the name of ${what}`,
    });

const writtenScopeEntrySchema = z
  .strictObject({
    subscriptionId: z.guid({ error: "expected the id of a subscription" }),
    resourceGroup: azureName("a resource group", 90).optional(),
    vm: azureName("a VM", 80).optional(),
  })
  .refine((entry) => entry?.vm === undefined || entry.resourceGroup !== undefined, {
    error: "a VM needs its resourceGroup",
    path: ["resourceGroup"],
    // Also beside other problems of the entry: they are told at once.
    when: () => true,
  });

const grantDurationSchema = z
  .string({ error: "expected an ISO 8601 duration" })
  .max(40)
  .refine((written) => durationSchema.safeParse(written).success, {
    error: "expected an ISO 8601 duration of weeks, days, hours and minutes, such as P1D",
    abort: true,
  })
  .refine((written) => isWithin(durationSchema.parse(written), LONGEST_GRANT), {
    error: "expected more than nothing, and at most P60D",
  });

const isWithin = (milliseconds: number, most: number) => milliseconds > 0 && milliseconds <= most;

export const writtenPartnerSchema = z.strictObject({
  name: text(100),
  contact: text(200),
  state: partnerStateSchema.default("enabled"),
  scope: z.array(writtenScopeEntrySchema).min(1).max(50),
  verbs: z.array(partnerVerbSchema).max(10).default(["read"]),
  grants: z
    .strictObject({
      longest: grantDurationSchema.default("P1D"),
      mostActive: z.int().min(1).max(1000).default(50),
    })
    .prefault({}),
  rateLimit: z
    .strictObject({
      requestsPerMinute: z.int().min(1).max(6000).default(usualRateLimit.requestsPerMinute),
      burst: z.int().min(1).max(1000).default(usualRateLimit.burst),
    })
    .prefault({}),
});

/** What somebody writes of a partner; the app adds the rest. */
export type PartnerDocument = Pick<Partner, keyof z.infer<typeof writtenPartnerSchema>>;

export type WrittenPartner =
  | { readonly kind: "valid"; readonly id: string; readonly document: PartnerDocument }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** The id may be left out of the body, and must not be another one. */
export function readWrittenPartner(id: string, json: unknown): WrittenPartner {
  const named = partnerIdSchema.safeParse(id);
  const problems = named.success ? [] : problemsOf(named.error, "id");
  const { id: own = id, ...rest } = isObject(json) ? json : { id };
  if (typeof own !== "string" || own.toLowerCase() !== id.toLowerCase()) {
    problems.push({ field: "id", message: `must be \`${id}\`, or be left out` });
  }
  const parsed = writtenPartnerSchema.safeParse(isObject(json) ? rest : json);
  if (parsed.error) problems.push(...problemsOf(parsed.error, "partner"));
  if (!named.success || !parsed.success || problems.length > 0) {
    return { kind: "invalid", problems };
  }
  return { kind: "valid", id: named.data, document: parsed.data };
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === "object" && json !== null && !Array.isArray(json);
