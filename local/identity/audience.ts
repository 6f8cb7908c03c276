/** What a token may be for, and how the ways to write an audience compare. */

export const API_AUDIENCE = "api://vm-restore-points";
export const ARM_AUDIENCE = "https://management.azure.com";
const STORAGE_AUDIENCE = "https://storage.azure.com";
const EVENT_GRID_AUDIENCE = "https://eventgrid.azure.net";
/** Of Application Insights. */
const MONITOR_AUDIENCE = "https://monitor.azure.com";

const LOCAL_EMULATOR = /^https:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Entra ID treats a resource with and without its trailing slash as one. */
const withoutSlash = (audience: string): string => audience.replace(/\/$/, "");

/** Azure Resource Manager itself, or an emulator of it on this machine. */
export function isArmAudience(audience: string): boolean {
  const resource = withoutSlash(audience);
  return resource === ARM_AUDIENCE || LOCAL_EMULATOR.test(resource);
}

export const isStorageAudience = (audience: string): boolean =>
  withoutSlash(audience) === STORAGE_AUDIENCE;

export const isEventGridAudience = (audience: string): boolean =>
  withoutSlash(audience) === EVENT_GRID_AUDIENCE;

const isMonitorAudience = (audience: string): boolean =>
  withoutSlash(audience) === MONITOR_AUDIENCE;

/** A service of Azure that the app calls, as opposed to its own API. */
export const isAzureAudience = (audience: string): boolean =>
  isArmAudience(audience) ||
  isStorageAudience(audience) ||
  isEventGridAudience(audience) ||
  isMonitorAudience(audience);
