// A storage account for nothing but events that could not be delivered. It is not the app's own: a topic of a
// subscription is global, Event Grid gives no identity to those, and without one it writes dead letters with the
// account's key. So keys work here, and only here, where there is nothing that could be lost or told: copies of events
// that were missed, for a month. Nobody gets in but services that Azure trusts.

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Days after which a dead letter is deleted.')
@minValue(1)
@maxValue(365)
param keptDays int = 30

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: true
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'AzureServices'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = {
      name: 'event-dead-letters'
    }
  }

  resource expiry 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-dead-letters'
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob', 'appendBlob']
              }
              actions: {
                baseBlob: {
                  delete: {
                    daysAfterModificationGreaterThan: keptDays
                  }
                }
              }
            }
          }
        ]
      }
    }
  }
}

@description('Resource id of the account.')
output accountId string = account.id

@description('Name of the account.')
output accountName string = account.name

@description('Its container for dead letters.')
output container string = account::blobs::container.name
