/** ARM resource ids. Azure spells one id in several casings, so they are compared in lower case only. */

export interface ResourceId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Provider and types, as written: `Microsoft.Compute/virtualMachines/extensions`. */
  readonly type: string;
  /** One name per type segment. */
  readonly names: readonly string[];
}

const PATTERN = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i;

/** Reads a resource id below a resource group; undefined for anything else. */
export function parseResourceId(text: string): ResourceId | undefined {
  const [, subscriptionId, resourceGroup, provider, rest] = PATTERN.exec(text) ?? [];
  if (!subscriptionId || !resourceGroup || !provider || !rest) return undefined;
  const segments = (rest.endsWith("/") ? rest.slice(0, -1) : rest).split("/");
  if (segments.length % 2 !== 0 || segments.includes("")) return undefined;
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { subscriptionId, resourceGroup, type: [provider, ...types].join("/"), names };
}

export const sameResourceId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** The last segment of an id: the resource's own name. */
export const nameOfResource = (id: string): string => id.slice(id.lastIndexOf("/") + 1);
