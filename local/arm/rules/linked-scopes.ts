/**
 * What a request needs at the resources that its body names, beside its own action: Azure calls them linked scopes, and
 * refuses what lacks one with LinkedAuthorizationFailed.
 */

/** By action: where ids of resources are in the body, `*` for each of a list or each key, and what is done with them. */
const LINKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Microsoft.Network/networkInterfaces/write": {
    "properties.ipConfigurations.*.properties.subnet.id": "join/action",
    "properties.networkSecurityGroup.id": "join/action",
  },
  "Microsoft.Compute/virtualMachines/write": {
    "properties.networkProfile.networkInterfaces.*.id": "join/action",
    "identity.userAssignedIdentities.*": "assign/action",
  },
  "Microsoft.Compute/disks/write": {
    "properties.creationData.sourceResourceId": "beginGetAccess/action",
  },
};

export interface LinkedScope {
  /** ARM id. */
  readonly scope: string;
  /** As roles call it: `Microsoft.Network/virtualNetworks/subnets/join/action`. */
  readonly action: string;
}

export const linkedScopes = (action: string, body: unknown): LinkedScope[] =>
  Object.entries(LINKS[action] ?? {}).flatMap(([path, verb]) =>
    idsAt(body, path.split(".")).map((scope) => ({ scope, action: `${typeOf(scope)}/${verb}` })),
  );

function idsAt(value: unknown, [name, ...rest]: readonly string[]): string[] {
  if (name === undefined) return typeof value === "string" ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  if (name !== "*") return idsAt((value as Record<string, unknown>)[name], rest);
  if (rest.length === 0) return Object.keys(value);
  return Object.values(value).flatMap((each) => idsAt(each, rest));
}

/** `Microsoft.Network/virtualNetworks/subnets` */
function typeOf(id: string): string {
  const [, ofProvider = ""] = /^.*\/providers\/(.+)$/i.exec(id) ?? [];
  const [provider = "", ...path] = ofProvider.split("/");
  return [provider, ...path.filter((_, index) => index % 2 === 0)].join("/");
}
