/** What has to be there for restores: resource groups, networks, what regions offer, what we may do. Tests change it. */
import { nameOfResource } from "../../../src/lib/fleet/resource-id.ts";
import type {
  NetworkPlace,
  Permission,
  SkuReading,
  VirtualNetworkReading,
} from "../../../src/lib/operations/arm-resources.ts";

const ZONES = ["1", "2", "3"];

const sku = (resourceType: SkuReading["resourceType"], ...names: string[]): SkuReading[] =>
  names.map((name) => ({ resourceType, name, zones: ZONES }));

export class FakeSurroundings {
  /** Names, in lower case. All others are there. */
  readonly missingGroups = new Set<string>();
  /** By id, in lower case. Each resource group has a network `vnet` of its own besides. */
  readonly networks = new Map<string, VirtualNetworkReading>();
  /** Of the network interfaces of VMs, by id in lower case. */
  readonly networkPlaces = new Map<string, NetworkPlace>();
  /** In every region. */
  skus: readonly SkuReading[] = [
    ...sku("disks", "Standard_LRS", "StandardSSD_LRS", "Premium_LRS", "PremiumV2_LRS"),
    ...sku("virtualMachines", "Standard_D2s_v5", "Standard_D4s_v5", "Standard_B2s"),
  ];
  /**
   * By the name of the resource group, in lower case; in all others we may do everything. Or by the id of a resource, in
   * lower case, beside what its group gives.
   */
  readonly permissions = new Map<string, readonly Permission[]>();
  /** Where resource groups are, and their networks. */
  location = "westeurope";

  hasGroup(name: string): boolean {
    return !this.missingGroups.has(name.toLowerCase());
  }

  /** `id`: of a resource, or of the group itself. */
  hasGroupOf(id: string): boolean {
    return this.hasGroup(groupIn(id));
  }

  network(id: string): VirtualNetworkReading | undefined {
    const usual = { id, location: this.location, subnets: ["default"] };
    const found = this.networks.get(id.toLowerCase());
    return found ?? (nameOfResource(id).toLowerCase() === "vnet" ? usual : undefined);
  }

  /** `id`: of a subnet. */
  hasSubnet(id: string, location: string): boolean {
    const [, networkId = "", name = ""] = /^(.+)\/subnets\/([^/]+)$/i.exec(id) ?? [];
    const network = this.hasGroupOf(networkId) ? this.network(networkId) : undefined;
    return network?.location === location && network.subnets.includes(name);
  }

  permissionsAt(scope: string): readonly Permission[] {
    const all = [{ actions: ["*"], notActions: [] }];
    const inGroup = this.permissions.get(groupIn(scope).toLowerCase()) ?? all;
    return [...inGroup, ...(this.permissions.get(scope.toLowerCase()) ?? [])];
  }
}

const groupIn = (id: string): string => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
