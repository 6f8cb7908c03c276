/** Every request that the emulator takes. */
import type { Emulator } from "./emulator.ts";
import type { ArmRoute } from "./http/route.ts";
import { operationStatusRoutes } from "./operations/operation-status.ts";
import { accessRoutes } from "./resources/access/access-routes.ts";
import { permissionRoutes } from "./resources/authorization/permissions.ts";
import { diskRoutes } from "./resources/disks/disks.ts";
import type { EventSubscriptions } from "./resources/event-grid/event-subscriptions.ts";
import { eventSubscriptionRoutes } from "./resources/event-grid/routes.ts";
import { featureRoutes } from "./resources/features/features.ts";
import { networkInterfaceRoutes } from "./resources/network/network-interfaces.ts";
import { subnetRoutes } from "./resources/network/subnets.ts";
import { virtualNetworkRoutes } from "./resources/network/virtual-networks.ts";
import { resourceGroupRoutes } from "./resources/resource-groups/resource-groups.ts";
import { restorePointCollectionRoutes } from "./resources/restore-points/collections.ts";
import { diskRestorePointRoutes } from "./resources/restore-points/disk-restore-points.ts";
import { restorePointRoutes } from "./resources/restore-points/restore-points.ts";
import { skuRoutes } from "./resources/skus/skus.ts";
import { tagsRoutes } from "./resources/tags/tags.ts";
import { virtualMachineActionRoutes } from "./resources/virtual-machines/actions.ts";
import { virtualMachineRoutes } from "./resources/virtual-machines/virtual-machines.ts";

export const routesOf = (
  emulator: Emulator,
  eventSubscriptions: EventSubscriptions | undefined,
): ArmRoute[] => [
  ...resourceGroupRoutes(emulator),
  ...virtualMachineRoutes(emulator),
  ...virtualMachineActionRoutes(emulator),
  ...networkInterfaceRoutes(emulator),
  ...virtualNetworkRoutes(emulator),
  ...subnetRoutes(emulator),
  ...tagsRoutes(emulator),
  ...diskRoutes(emulator),
  ...restorePointCollectionRoutes(emulator),
  ...restorePointRoutes(emulator),
  ...diskRestorePointRoutes(emulator),
  ...accessRoutes(emulator),
  ...operationStatusRoutes(emulator),
  ...skuRoutes(),
  ...featureRoutes(emulator),
  ...permissionRoutes(emulator),
  ...(eventSubscriptions ? eventSubscriptionRoutes(emulator, eventSubscriptions) : []),
];
