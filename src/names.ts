/** Every name that two places must agree on: queues, blob containers, the connection and the API version. */

export const queues = {
  planVm: "plan-vm",
  planPoints: "plan-points",
  planFleet: "plan-fleet",
  reconcileFleet: "reconcile-fleet",
  startOperation: "start-operation",
  trackOperation: "track-operation",
  revokeGrant: "revoke-grant",
  endGrants: "end-grants",
  notify: "notify",
} as const;

export type QueueName = (typeof queues)[keyof typeof queues];

/** The Functions host moves a message here after `maxDequeueCount` failures. */
export const poisonQueueOf = (queue: QueueName): string => `${queue}-poison`;

/** The setting prefix of the one storage account: the host's own, and the app's. */
export const storageConnection = "AzureWebJobsStorage";

/** Blobs with the VM's model at the time of each restore point. */
export const vmModelContainer = "vm-models";

/** Blobs with a copy of each legal hold. */
export const legalHoldContainer = "legal-holds";

/** Blobs with a copy of each policy. */
export const policyContainer = "policies";

/** Blobs with a copy of each partner. */
export const partnerContainer = "partners";

/** The `api-version` query parameter of this app's HTTP API. */
export const apiVersions = ["2026-11-01"] as const;
