/** The app as its trigger table registers it, on fakes. */
import { registerTriggers } from "../../src/app.ts";
import { listFunctions } from "../../src/function-list.ts";
import { createAuthenticate } from "../../src/lib/api/authenticate.ts";
import { createPace } from "../../src/lib/operations/pacer.ts";
import { createPartnerStore } from "../../src/lib/partners/partner-store.ts";
import { createRateLimit } from "../../src/lib/partners/rate-limit.ts";
import { azureLimits } from "../../src/lib/policy/azure-limits.ts";
import { createAzureFacts } from "../../src/lib/restores/azure-facts.ts";
import { publicFilesIn } from "../../src/public-files.ts";
import { registerPublicFunctions } from "../../src/public-functions.ts";
import { registerRoutes } from "../../src/routes.ts";
import type { Services } from "../../src/services.ts";
import { FakeArm } from "./fake-arm.ts";
import { fixedPolicies } from "./fixed-policies.ts";
import { memoryLegalHolds } from "./memory-legal-holds.ts";
import { memoryRecordCopies } from "./memory-record-copies.ts";
import { memoryRecordedVms } from "./memory-recorded-vms.ts";
import { memoryTables } from "./memory-tables.ts";
import { RecordedDelays } from "./recorded-delays.ts";

/** As the app gives them to the Functions library. */
export interface Registered {
  readonly trigger: string;
  readonly options: Readonly<Record<string, unknown>> & { readonly handler: unknown };
}

/** Everything the app registers, by name. */
export function registrations(replaced: Partial<Services> = {}): Map<string, Registered> {
  const services = { ...onFakes(), ...replaced };
  const files = publicFilesIn(new URL("../../dist/", import.meta.url));
  const functions = listFunctions((app) => {
    registerPublicFunctions(app, files);
    registerTriggers(app, services);
    registerRoutes(app, services);
  });
  const registered = [...functions.values()].map(
    ({ name, trigger, options, handler }) =>
      [name, { trigger, options: { ...options, handler } }] as const,
  );
  return new Map(registered);
}

function onFakes(): Services {
  const tables = memoryTables();
  const arm = new FakeArm(() => 0);
  const issuer = "https://nobody.test";
  return {
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
  };
}
