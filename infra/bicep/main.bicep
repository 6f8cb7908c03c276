// The whole app, from an empty subscription: everything but the event subscriptions, which need the deployed function
// and are in events.bicep.

targetScope = 'subscription'

@description('Name of the environment: what several apps in one subscription differ in.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of the app. It protects VMs in all regions.')
@minLength(1)
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Resource group of the app, which is made.')
@minLength(1)
@maxLength(90)
param resourceGroupName string = 'rg-${environmentName}'

@description('Client id of the app registration of the API, which infra/entra makes: callers ask for tokens of it.')
@minLength(36)
@maxLength(36)
param apiAppId string

@description('Ids of the subscriptions whose VMs are protected.')
@minLength(1)
param protectedSubscriptions string[] = array(subscription().subscriptionId)

@description('A resource group.')
@sealed()
type protectedGroup = {
  @description('Id of its subscription, which is one of `protectedSubscriptions`.')
  @minLength(36)
  @maxLength(36)
  subscriptionId: string

  @description('Its name.')
  @minLength(1)
  @maxLength(90)
  name: string
}

@description('Resource groups that the app may do something in: those of VMs, and those that VMs are restored into, with the networks and identities that they are given. In the rest of their subscriptions it may only read. None: it may everywhere.')
param protectedResourceGroups protectedGroup[] = []

@description('Whether the app may give out access to disks, for a time. Without it there is no role for that.')
param grants bool = true

@description('Whether the app may restore disks and VMs. Without it there is no role for that.')
param restores bool = true

@description('Settings of the app that have defaults: docs/settings.md.')
@sealed()
type appSettings = {
  RESTORE_POINTS_TAG: string?
  API_CORS_ORIGINS: string?
  API_JWKS_URI: string?
  ARM_TIMEOUT_SECONDS: string?
  ARM_BUDGET_FACTOR: string?
  TRACES_PERCENT: string?
  LIMIT_CRASH_CONSISTENT_INTERVAL: string?
  LIMIT_APPLICATION_CONSISTENT_INTERVAL: string?
  LIMIT_POINTS_PER_VM: string?
  LIMIT_CREATES_PER_HOUR: string?
  LIMIT_COPIES_PER_HOUR: string?
  CREATE_IN_OTHER_REGION: ('on' | 'off')?
}

@description('Settings of the app that are to differ from their defaults, as texts.')
param settings appSettings = {}

@description('Instances kept ready for each function between a tag and its restore point. Without them each of these may start cold, one after the other.')
@minValue(0)
@maxValue(100)
param alwaysReadyForTags int = 0

@description('Instances kept ready for the HTTP API.')
@minValue(0)
@maxValue(100)
param alwaysReadyForHttp int = 0

@description('The most instances at a time, of each function or group of functions that scales by itself.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Memory of each instance in MB. Its share of a processor goes with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Redundancy of the storage account, which holds policies, legal holds and the audit log. Regions without zones have Standard_LRS and Standard_GRS.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Whether the storage account is reached through a virtual network alone, and the app only by Event Grid and from `callerRanges`.')
param privateNetworking bool = false

@description('Address range of the virtual network, at least a /25.')
param networkPrefix string = '10.80.0.0/24'

@description('Address ranges of those who call the API, in CIDR notation: operators, partners, pages. Given without private networking, they restrict the app all the same.')
param callerRanges string[] = []

@description('Who is told of alerts; empty: nobody, and alerts are only seen in the portal.')
param alertEmailAddress string = ''

@description('Days for which telemetry is kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var appName = 'func-${token}'
var narrowed = !empty(protectedResourceGroups)

// Every function scales by itself, except those of the HTTP API, which scale together.
var functionsForTags = ['ResourceChanged', 'PlanVm', 'StartOperation', 'TrackOperation']
var readyForTags = map(functionsForTags, name => { name: 'function:${name}', instanceCount: alwaysReadyForTags })
var readyForHttp = [{ name: 'http', instanceCount: alwaysReadyForHttp }]

resource appGroup 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: appGroup
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: appGroup
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    private: privateNetworking
  }
}

module storageRoles 'modules/storage-roles.bicep' = {
  scope: appGroup
  params: {
    storageAccountName: storage.outputs.name
    principalId: identity.outputs.principalId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: appGroup
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
  }
}

module notifications 'modules/notifications-topic.bicep' = {
  scope: appGroup
  params: {
    name: 'evgt-${token}'
    location: location
    tags: tags
    senderPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: appGroup
  params: {
    name: 'vnet-${token}'
    location: location
    tags: tags
    addressPrefix: networkPrefix
  }
}

module privateEndpoints 'modules/private-endpoints.bicep' = if (privateNetworking) {
  scope: appGroup
  params: {
    storageAccountName: storage.outputs.name
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
    location: location
    tags: tags
  }
}

module host 'modules/host.bicep' = {
  scope: appGroup
  params: {
    name: appName
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    packageUrl: 'https://${storage.outputs.name}.blob.${environment().suffixes.storage}/${storage.outputs.packageContainer}'
    alwaysReady: filter(concat(readyForTags, readyForHttp), ready => ready.instanceCount > 0)
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    restricted: privateNetworking || !empty(callerRanges)
    callerRanges: callerRanges
  }
  // Its first look at the storage account is to find a way in, and its roles.
  dependsOn: [storageRoles, privateEndpoints]
}

module hostSettings 'modules/app-settings.bicep' = {
  scope: appGroup
  params: {
    appName: host.outputs.name
    storageAccountName: storage.outputs.name
    insightsName: monitoring.outputs.insightsName
    identityClientId: identity.outputs.clientId
    apiAppId: apiAppId
    subscriptions: protectedSubscriptions
    notificationsEndpoint: notifications.outputs.endpoint
    optional: settings
  }
}

module roles 'modules/roles.bicep' = [
  for id in protectedSubscriptions: {
    scope: subscription(id)
    params: {
      environmentName: environmentName
      grants: grants
      restores: restores
      narrowed: narrowed
    }
  }
]

module roleAssignments 'modules/role-assignments.bicep' = [
  for (id, i) in protectedSubscriptions: {
    scope: subscription(id)
    params: {
      principalId: identity.outputs.principalId
      roleIds: narrowed ? [roles[i].outputs.readerId] : roles[i].outputs.partIds
    }
  }
]

module groupRoleAssignments 'modules/group-role-assignments.bicep' = [
  for group in protectedResourceGroups: {
    scope: resourceGroup(group.subscriptionId, group.name)
    params: {
      principalId: identity.outputs.principalId
      roleIds: roles[indexOf(map(protectedSubscriptions, id => toLower(id)), toLower(group.subscriptionId))].outputs.partIds
    }
  }
]

module alerts 'modules/alerts.bicep' = {
  scope: appGroup
  params: {
    workspaceId: monitoring.outputs.workspaceId
    location: location
    emailAddress: alertEmailAddress
    prefix: environmentName
    tags: tags
  }
}

// azd keeps these in its environment, where the hooks find them.

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = appGroup.name
output SERVICE_APP_NAME string = host.outputs.name
output FUNCTION_APP_NAME string = host.outputs.name
output FUNCTION_APP_ID string = host.outputs.id
output API_URL string = '${host.outputs.url}/api'
output STORAGE_ACCOUNT_ID string = storage.outputs.id
output NOTIFICATIONS_TOPIC_ID string = notifications.outputs.id
output LOG_ANALYTICS_WORKSPACE_ID string = monitoring.outputs.workspaceId
output PROTECTED_SUBSCRIPTIONS string = join(protectedSubscriptions, ',')
