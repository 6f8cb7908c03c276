/** The app settings of a deployment, with the addresses of this stack. Everything else is as in Azure. */

import { storageConnection } from "../../src/names.ts";
import type { Azurite } from "../azurite/start-azurite.ts";
import { ARM_AUDIENCE } from "../identity/audience.ts";
import type { Identity } from "../identity/start-identity.ts";
import type { Certificate } from "../tls/certificate.ts";
import { SUBSCRIPTION_ID } from "./vm-address.ts";

export const TAG_NAME = "restore-points";

/** Where to serve a page that is to call the API. */
const PAGE_ORIGIN = "http://localhost:3000";

export interface HostEnvParts {
  readonly azurite: Azurite;
  readonly identity: Identity;
  readonly certificate: Pick<Certificate, "caFile">;
  readonly armUrl: string;
  /** Of the topic; undefined: the app publishes no notifications. */
  readonly notificationsEndpoint: string | undefined;
}

export function hostEnv(parts: HostEnvParts): Record<string, string> {
  const { azurite, identity, certificate, armUrl, notificationsEndpoint: topic } = parts;
  const { blob, queue, table } = azurite.urls(azurite.account);
  return {
    [`${storageConnection}__blobServiceUri`]: blob,
    [`${storageConnection}__queueServiceUri`]: queue,
    [`${storageConnection}__tableServiceUri`]: table,
    [`${storageConnection}__credential`]: "managedidentity",
    ...identity.managedIdentityEnv,
    ARM_ENDPOINT: armUrl,
    ARM_AUDIENCE,
    API_ISSUER: identity.issuer,
    API_AUDIENCE: identity.audience,
    API_JWKS_URI: identity.jwksUri,
    ...(topic && { NOTIFICATIONS_ENDPOINT: topic }),
    API_CORS_ORIGINS: PAGE_ORIGIN,
    RESTORE_POINTS_TAG: TAG_NAME,
    SUBSCRIPTIONS: SUBSCRIPTION_ID,
    NODE_EXTRA_CA_CERTS: certificate.caFile,
  };
}
