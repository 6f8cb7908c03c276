/** The app as its trigger table registers it, on fakes. */
import { type App, registerFunctions } from "../../src/app.ts";
import { createAuthenticate } from "../../src/lib/api/authenticate.ts";
import { createPace } from "../../src/lib/operations/pacer.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import { createRateLimit } from "../../src/lib/partners/rate-limit.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";
import { createAzureFacts } from "../../src/lib/restores/azure-facts.ts";
import { publicFilesIn } from "../../src/public-files.ts";
import { registerPublicFunctions } from "../../src/public-functions.ts";
import type { Services } from "../../src/services.ts";
import { FakeArm } from "./fake-arm.ts";
import { fixedPolicies } from "./fixed-policies.ts";
import { memoryLegalHolds } from "./memory-legal-holds.ts";
import { memoryRecordCopies } from "./memory-record-copies.ts";
import { memoryRecordedVms } from "./memory-recorded-vms.ts";
import { memoryTables } from "./memory-tables.ts";
import { RecordedDelays } from "./recorded-delays.ts";

export interface Registered {
  readonly trigger: string;
  readonly options: Readonly<Record<string, unknown>> & { readonly handler: unknown };
}

/** Everything the app registers, by name. */
export function registrations(replaced: Partial<Services> = {}): Map<string, Registered> {
  const registered = new Map<string, Registered>();
  const on =
    (trigger: string) =>
    (name: string, options: object): void => {
      if (registered.has(name)) throw new Error(`${name} is registered twice.`);
      registered.set(name, { trigger, options: { handler: undefined, ...options } });
    };
  const app = {
    http: on("http"),
    timer: on("timer"),
    eventGrid: on("eventGrid"),
    storageQueue: on("storageQueue"),
  };
  const tables = memoryTables();
  const arm = new FakeArm(() => 0);
  const issuer = "https://nobody.test";
  // The app registers with options alone, never with a bare handler.
  registerPublicFunctions(app as App, publicFilesIn(new URL("../../dist/", import.meta.url)));
  registerFunctions(app as App, {
    now: () => new Date(),
    newUlid: () => "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    tables,
    recordedVms: memoryRecordedVms(),
    legalHolds: memoryLegalHolds(),
    delayed: new RecordedDelays(),
    arm,
    azureFacts: createAzureFacts(arm, () => new Date(0)),
    pace: createPace(tables.pacer),
    policies: fixedPolicies(),
    policyCopies: memoryRecordCopies(),
    partners: createPartnerStore(tables),
    partnerCopies: memoryRecordCopies(),
    rateLimit: createRateLimit(),
    mayRead: async () => true,
    disks: { changedRanges: async () => ({ kind: "page", ranges: [] }) },
    notifications: undefined,
    sleepUntil: async () => undefined,
    limits: azureLimits,
    tagName: "restore-points",
    subscriptions: [],
    submitLeaseMs: 60_000,
    corsOrigins: [],
    authenticate: createAuthenticate({ issuer, audience: "api://x", jwksUri: undefined }),
    ...replaced,
  });
  return registered;
}
