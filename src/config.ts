/** The settings of the app, read once at start. Anything wrong stops the app, and everything wrong is named at once. */
import * as z from "zod";
import { type AzureLimits, azureLimits } from "./lib/policy/azure-limits.ts";
import { durationSchema, durationText } from "./lib/policy/duration.ts";
import { storageConnection } from "./names.ts";

const url = z.url({ protocol: /^https$/, error: "must be an https address" });

/** In lower case, separated by commas. */
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  );

/** As a browser sends it: scheme, host and port, and nothing behind them. What runs on one's own machine needs no TLS. */
function isOrigin(text: string): boolean {
  const { protocol = "", hostname = "", origin = "" } = URL.parse(text) ?? {};
  return (
    origin === text && (protocol === "https:" || (protocol === "http:" && hostname === "localhost"))
  );
}

/** As Application Insights shows it: `InstrumentationKey=<guid>;IngestionEndpoint=https://…`. */
function isConnectionString(text: string): boolean {
  const parts = new Map(text.split(";").map((part) => part.split("=", 2) as [string, string]));
  const endpoint = URL.parse(parts.get("IngestionEndpoint") ?? "");
  const isKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(
    parts.get("InstrumentationKey") ?? "",
  );
  return isKey && endpoint?.protocol === "https:";
}

/** ISO 8601, such as `PT3H`. */
const limitDuration = (milliseconds: number) => durationSchema.prefault(durationText(milliseconds));

const settingsSchema = z.object({
  [`${storageConnection}__tableServiceUri`]: url,
  [`${storageConnection}__queueServiceUri`]: url,
  [`${storageConnection}__blobServiceUri`]: url,
  ARM_ENDPOINT: url.default("https://management.azure.com"),
  ARM_AUDIENCE: url.default("https://management.azure.com"),
  ARM_TIMEOUT_SECONDS: z.coerce.number().min(1).max(60).default(20),
  LIMIT_CRASH_CONSISTENT_INTERVAL: limitDuration(azureLimits.shortestCrashConsistent),
  LIMIT_APPLICATION_CONSISTENT_INTERVAL: limitDuration(azureLimits.shortestApplicationConsistent),
  LIMIT_POINTS_PER_VM: z.coerce.number().int().min(20).default(azureLimits.pointsPerVm),
  LIMIT_CREATES_PER_HOUR: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(azureLimits.createsPerHour),
  LIMIT_COPIES_PER_HOUR: z.coerce.number().min(1).max(60).default(azureLimits.copiesPerHour),
  CREATE_IN_OTHER_REGION: z.enum(["on", "off"]).default("off"),
  ARM_BUDGET_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
  MANAGED_IDENTITY_CLIENT_ID: z.string().min(1).optional(),
  API_ISSUER: url,
  API_AUDIENCE: z.string().min(1, { error: "must not be empty" }),
  API_JWKS_URI: url.optional(),
  API_CORS_ORIGINS: list.refine((origins) => origins.every(isOrigin), {
    error: "must be https origins such as https://portal.example, separated by commas",
  }),
  SUBSCRIPTIONS: list.refine(
    (ids) => ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)),
    {
      error: "must be subscription ids, separated by commas",
    },
  ),
  NOTIFICATIONS_ENDPOINT: url.optional(),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .refine(isConnectionString, {
      error: "must have an InstrumentationKey and an https IngestionEndpoint",
    })
    .optional(),
  TRACES_PERCENT: z.coerce.number().min(0).max(100).default(100),
  RESTORE_POINTS_TAG: z
    .string()
    .regex(/^[^<>%&\\?/]{1,512}$/, { error: "must be a tag name that Azure accepts" })
    .default("restore-points"),
});

/** What a deployment may set, and nothing else. */
export const settingNames: readonly string[] = Object.keys(settingsSchema.shape);

export interface Config {
  readonly storage: { readonly tables: string; readonly queues: string; readonly blobs: string };
  readonly arm: {
    readonly endpoint: string;
    readonly audience: string;
    readonly timeoutMs: number;
  };
  /** How many times more Azure lets the app do than what it was seen to allow everybody. */
  readonly armBudgetFactor: number;
  /** Of a user-assigned identity; the system-assigned one when left out. */
  readonly identityClientId: string | undefined;
  readonly api: {
    readonly issuer: string;
    readonly audience: string;
    /** Discovered from the issuer when left out. */
    readonly jwksUri: string | undefined;
    /** Of pages that may call the API. */
    readonly corsOrigins: readonly string[];
  };
  /** Of the Event Grid topic that operators are told through; left out: they are not. */
  readonly notificationsEndpoint: string | undefined;
  /** Where traces and metrics are sent to; left out: there are none. */
  readonly applicationInsights:
    | { readonly connectionString: string; readonly tracesPercent: number }
    | undefined;
  readonly limits: AzureLimits;
  readonly tagName: string;
  /** Whose VMs the reconciliation looks through. */
  readonly subscriptions: readonly string[];
}

/** Throws an error whose message has a line for each setting that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message, code }) => {
      const name = path.join(".");
      const missing = code === "invalid_type" && environment[name] === undefined;
      return `  ${name}: ${missing ? "is missing" : message}`;
    });
    throw new Error(`Wrong settings:\n${lines.join("\n")}`);
  }
  const settings = parsed.data;
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, TRACES_PERCENT: tracesPercent } =
    settings;
  return {
    storage: {
      tables: settings[`${storageConnection}__tableServiceUri`] ?? "",
      queues: settings[`${storageConnection}__queueServiceUri`] ?? "",
      blobs: settings[`${storageConnection}__blobServiceUri`] ?? "",
    },
    arm: {
      endpoint: settings.ARM_ENDPOINT,
      audience: settings.ARM_AUDIENCE,
      timeoutMs: settings.ARM_TIMEOUT_SECONDS * 1000,
    },
    armBudgetFactor: settings.ARM_BUDGET_FACTOR,
    identityClientId: settings.MANAGED_IDENTITY_CLIENT_ID,
    api: {
      issuer: settings.API_ISSUER,
      audience: settings.API_AUDIENCE,
      jwksUri: settings.API_JWKS_URI,
      corsOrigins: settings.API_CORS_ORIGINS,
    },
    notificationsEndpoint: settings.NOTIFICATIONS_ENDPOINT,
    applicationInsights:
      connectionString === undefined ? undefined : { connectionString, tracesPercent },
    limits: {
      shortestCrashConsistent: settings.LIMIT_CRASH_CONSISTENT_INTERVAL,
      shortestApplicationConsistent: settings.LIMIT_APPLICATION_CONSISTENT_INTERVAL,
      pointsPerVm: settings.LIMIT_POINTS_PER_VM,
      pointsLeftFree: azureLimits.pointsLeftFree,
      createsPerHour: settings.LIMIT_CREATES_PER_HOUR,
      copiesPerHour: settings.LIMIT_COPIES_PER_HOUR,
      createInOtherRegion: settings.CREATE_IN_OTHER_REGION === "on",
    },
    tagName: settings.RESTORE_POINTS_TAG,
    subscriptions: settings.SUBSCRIPTIONS,
  };
}
