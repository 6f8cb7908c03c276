/** Where a binding's `connection` leads: a connection string, or an endpoint reached with an identity. */
import type { Settings } from "../settings/settings.ts";

export type StorageConnection =
  | { readonly kind: "connectionString"; readonly value: string }
  | { readonly kind: "identity"; readonly url: string; readonly clientId: string | undefined };

/**
 * Looks for `AzureWebJobs{name}`, then `{name}`: first as a connection string, also among ConnectionStrings, then
 * as `…__queueServiceUri` or `…__blobServiceUri`, or `…__accountName`. Throws when there is none.
 */
export function storageConnection(
  settings: Settings,
  name: string,
  service: "queue" | "blob",
): StorageConnection {
  for (const section of [`AzureWebJobs${name}`, name]) {
    const value = settings.get(`ConnectionStrings__${section}`) ?? settings.get(section);
    if (value !== undefined && value !== "") return { kind: "connectionString", value };
    const url = serviceUrl(settings, section, service);
    if (url !== undefined) {
      return { kind: "identity", url, clientId: settings.get(`${section}__clientId`) };
    }
  }
  throw new Error(
    `Storage account connection '${name}' is not configured: ` +
      `set AzureWebJobs${name}, ${name}, or ${name}__${service}ServiceUri.`,
  );
}

function serviceUrl(settings: Settings, section: string, service: string): string | undefined {
  const account = settings.get(`${section}__accountName`);
  return (
    settings.get(`${section}__${service}ServiceUri`) ??
    (account === undefined ? undefined : `https://${account}.${service}.core.windows.net`)
  );
}
