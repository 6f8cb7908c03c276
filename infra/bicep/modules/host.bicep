// The Function App and its Flex Consumption plan. Its settings are in app-settings.bicep.

@description('Name of the app, and with that of its address.')
@minLength(2)
@maxLength(60)
param name string

@description('Name of the plan.')
param planName string

@description('Region of both.')
param location string

@description('Tags of both.')
param tags object

@description('Resource id of the app\'s identity.')
param identityId string

@description('Address of the blob container that the package is deployed to.')
param packageUrl string

@description('Instances that are kept ready, as in `{ name: \'http\', instanceCount: 1 }` or `{ name: \'function:PlanVm\', instanceCount: 1 }`.')
param alwaysReady object[]

@description('The most instances at a time.')
param maximumInstanceCount int

@description('Memory of each instance.')
param instanceMemoryMB int

@description('Resource id of the subnet that the app\'s own requests leave through; empty: they leave through none of ours.')
param subnetId string

@description('Whether only Event Grid and `callerRanges` get in.')
param restricted bool

@description('Address ranges of those who call the API, in CIDR notation.')
param callerRanges string[]

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

// Event Grid delivers to the app's public address, wherever the app's own requests leave from.
var eventGrid = {
  name: 'event-grid'
  action: 'Allow'
  priority: 100
  tag: 'ServiceTag'
  ipAddress: 'AzureEventGrid'
}

var callers = map(range(0, length(callerRanges)), i => {
  name: 'caller-${i}'
  action: 'Allow'
  priority: 200 + i
  ipAddress: callerRanges[i]
})

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReady
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      // No CORS here: the platform would answer preflights before the app, which has its own setting for it.
      ipSecurityRestrictionsDefaultAction: restricted ? 'Deny' : 'Allow'
      ipSecurityRestrictions: restricted ? concat([eventGrid], callers) : []
      // Deployments come from anywhere, with a token of Entra ID: passwords are off below.
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
  }
}

resource passwords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = [
  for site in ['ftp', 'scm']: {
    parent: app
    name: site
    properties: {
      allow: false
    }
  }
]

@description('Resource id of the app.')
output id string = app.id

@description('Name of the app.')
output name string = app.name

@description('Address of the app.')
output url string = 'https://${app.properties.defaultHostName}'
