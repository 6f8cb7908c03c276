/**
 * The composition root: everything that has an effect is made here, once, from the configuration. The client of ARM and
 * the SDKs of queues and blobs are loaded when they are first used: most invocations need one of them or none.
 */
import { setTimeout } from "node:timers/promises";
import { ManagedIdentityCredential } from "@azure/identity";
import { ulid } from "ulid";
import type { Config } from "./config.ts";
import { deferred } from "./deferred.ts";
import { type Authenticate, createAuthenticate } from "./lib/api/authenticate.ts";
import { azureEventGrid } from "./lib/azure/azure-event-grid.ts";
import { azureLegalHolds } from "./lib/azure/azure-legal-holds.ts";
import { azureRecordCopies } from "./lib/azure/azure-record-copies.ts";
import { azureRecordedVms } from "./lib/azure/azure-recorded-vms.ts";
import { azureTables } from "./lib/azure/azure-tables.ts";
import type { RecordedVms } from "./lib/fleet/recorded-vm.ts";
import type { DiskReader } from "./lib/grants/changed-ranges.ts";
import { createMayRead, type MayRead } from "./lib/grants/may-read.ts";
import type { LegalHolds } from "./lib/holds/legal-holds.ts";
import type { Notifications } from "./lib/notify/notifications.ts";
import type { Arm } from "./lib/operations/arm.ts";
import type { DelayedMessages } from "./lib/operations/messages.ts";
import { createPace, type Pace } from "./lib/operations/pacer.ts";
import type { Partner } from "./lib/partners/partner.ts";
import { createPartnerStore, type PartnerStore } from "./lib/partners/partner-store.ts";
import { createRateLimit, type RateLimit } from "./lib/partners/rate-limit.ts";
import { applyPolicyFiles } from "./lib/policy/apply-policy-files.ts";
import type { AzureLimits } from "./lib/policy/azure-limits.ts";
import type { PolicyRecord } from "./lib/policy/policy-record.ts";
import { createPolicyStore, type PolicyStore } from "./lib/policy/policy-store.ts";
import { type AzureFacts, createAzureFacts } from "./lib/restores/azure-facts.ts";
import type { RecordCopies } from "./lib/state/record-copies.ts";
import type { Tables } from "./lib/state/tables.ts";
import { partnerContainer, policyContainer } from "./names.ts";
import { policyFilesIn } from "./policy-files.ts";
import { processLog } from "./process-log.ts";
import { stamped } from "./telemetry/stamp.ts";
import { tracedTables } from "./telemetry/traced-tables.ts";
import { watchArm } from "./telemetry/watch-arm.ts";

export interface Services {
  readonly now: () => Date;
  readonly newUlid: (now: Date) => string;
  readonly tables: Tables;
  readonly recordedVms: RecordedVms;
  readonly legalHolds: LegalHolds;
  readonly delayed: DelayedMessages;
  readonly arm: Arm;
  readonly azureFacts: AzureFacts;
  readonly pace: Pace;
  readonly policies: PolicyStore;
  readonly policyCopies: RecordCopies<PolicyRecord>;
  readonly partners: PartnerStore;
  readonly partnerCopies: RecordCopies<Partner>;
  readonly rateLimit: RateLimit;
  readonly mayRead: MayRead;
  readonly disks: DiskReader;
  readonly notifications: Notifications | undefined;
  readonly limits: AzureLimits;
  readonly tagName: string;
  /** Whose VMs the reconciliation looks through. */
  readonly subscriptions: readonly string[];
  /** How long an answer of ARM may be outstanding: three requests, each as long as one may take. */
  readonly submitLeaseMs: number;
  /** Resolves at that time. */
  readonly sleepUntil: (at: Date) => Promise<void>;
  readonly authenticate: Authenticate;
  /** Of pages that may call the API. */
  readonly corsOrigins: readonly string[];
}

/** `policyFolder` holds the policies that are deployed with the app. */
export function createServices(config: Config, policyFolder: URL): Services {
  const credential = config.identityClientId
    ? new ManagedIdentityCredential({ clientId: config.identityClientId })
    : new ManagedIdentityCredential();
  const tables = tracedTables(azureTables(config.storage.tables, credential));
  const delayed = deferred<DelayedMessages>(async () => {
    const { azureDelayedMessages } = await import("./lib/azure/azure-delayed-messages.ts");
    return azureDelayedMessages(config.storage.queues, credential, stamped);
  });
  const { blobs } = config.storage;
  const policyCopies = azureRecordCopies<PolicyRecord>(blobs, policyContainer, credential);
  const partners = createPartnerStore(tables);
  const { limits, notificationsEndpoint: topic } = config;
  const now = () => new Date();
  const arm = deferred<Arm>(async () => {
    const { AzureArm } = await import("./lib/azure/azure-arm.ts");
    return new AzureArm({ ...config.arm, credential, watch: watchArm });
  });
  return {
    now,
    newUlid: (now) => ulid(now.getTime()),
    tables,
    recordedVms: azureRecordedVms(blobs, credential),
    legalHolds: azureLegalHolds(blobs, credential),
    delayed,
    arm,
    azureFacts: createAzureFacts(arm, now),
    pace: createPace(tables.pacer, config.armBudgetFactor),
    policies: createPolicyStore({
      tables,
      applyFiles: applyPolicyFiles({
        ...{ tables, policyCopies, delayed, limits, log: processLog },
        readPolicyFiles: policyFilesIn(policyFolder),
      }),
      log: processLog,
    }),
    policyCopies,
    partners,
    partnerCopies: azureRecordCopies(blobs, partnerContainer, credential),
    rateLimit: createRateLimit(),
    mayRead: createMayRead(partners),
    disks: deferred(async () => {
      const { azureDiskReader } = await import("./lib/azure/azure-disk-reader.ts");
      return azureDiskReader({ timeoutMs: config.arm.timeoutMs });
    }),
    notifications: topic
      ? {
          tell: (message, delayMs = 0) => delayed.notify(message, delayMs),
          publish: azureEventGrid(topic, credential),
        }
      : undefined,
    limits,
    tagName: config.tagName,
    subscriptions: config.subscriptions,
    submitLeaseMs: 3 * config.arm.timeoutMs,
    sleepUntil: (at) => setTimeout(Math.max(0, at.getTime() - Date.now())),
    authenticate: createAuthenticate(config.api),
    corsOrigins: config.api.corsOrigins,
  };
}
