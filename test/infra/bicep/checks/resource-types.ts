/**
 * The resource types that the templates may have, each with its api-version: one place to raise them, and a misspelt
 * type is none of these. All are stable ones, except where there is none.
 */
import type { Check } from "./problem.ts";

const STORAGE = "2025-01-01";
const NETWORK = "2024-05-01";
const EVENT_GRID = "2025-02-15";
const WEB = "2024-11-01";

const apiVersions: Readonly<Record<string, string>> = {
  "Microsoft.Authorization/roleAssignments": "2022-04-01",
  "Microsoft.Authorization/roleDefinitions": "2022-04-01",
  "Microsoft.EventGrid/systemTopics": EVENT_GRID,
  "Microsoft.EventGrid/systemTopics/eventSubscriptions": EVENT_GRID,
  "Microsoft.EventGrid/topics": EVENT_GRID,
  "Microsoft.EventGrid/topics/eventSubscriptions": EVENT_GRID,
  "Microsoft.Insights/actionGroups": "2023-01-01",
  "Microsoft.Insights/components": "2020-02-02",
  // Stable versions of it know no categories of logs that a Function App has.
  "Microsoft.Insights/diagnosticSettings": "2021-05-01-preview",
  "Microsoft.Insights/scheduledQueryRules": "2023-12-01",
  "Microsoft.ManagedIdentity/userAssignedIdentities": "2024-11-30",
  "Microsoft.Network/networkSecurityGroups": NETWORK,
  "Microsoft.Network/privateDnsZones": "2024-06-01",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks": "2024-06-01",
  "Microsoft.Network/privateEndpoints": NETWORK,
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": NETWORK,
  "Microsoft.Network/virtualNetworks": NETWORK,
  "Microsoft.Network/virtualNetworks/subnets": NETWORK,
  "Microsoft.OperationalInsights/workspaces": "2025-02-01",
  "Microsoft.Resources/resourceGroups": "2024-11-01",
  "Microsoft.Storage/storageAccounts": STORAGE,
  "Microsoft.Storage/storageAccounts/blobServices": STORAGE,
  "Microsoft.Storage/storageAccounts/blobServices/containers": STORAGE,
  "Microsoft.Storage/storageAccounts/managementPolicies": STORAGE,
  "Microsoft.Storage/storageAccounts/queueServices": STORAGE,
  "Microsoft.Storage/storageAccounts/queueServices/queues": STORAGE,
  "Microsoft.Storage/storageAccounts/tableServices": STORAGE,
  "Microsoft.Storage/storageAccounts/tableServices/tables": STORAGE,
  "Microsoft.Web/serverfarms": WEB,
  "Microsoft.Web/sites": WEB,
  "Microsoft.Web/sites/basicPublishingCredentialsPolicies": WEB,
  "Microsoft.Web/sites/config": WEB,
  "Microsoft.Web/sites/functions": WEB,
};

export const typesAreKnown: Check = ({ resources }) =>
  resources.flatMap(({ type, apiVersion, line }) => {
    const wanted = apiVersions[type];
    if (wanted === undefined) return [{ line, message: `resource type ${type} is not known` }];
    if (wanted === apiVersion) return [];
    return [{ line, message: `${type} has api-version ${apiVersion}, not ${wanted}` }];
  });
