// The one storage account: the host's, the app's state, and the package that is deployed. It has no keys that work.
// Queue triggers do not create their queues, so those are made here; the app would make its tables and containers
// itself, one failed request each. test/infra/names.test.ts holds all names against the code.

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region of the account.')
param location string

@description('Tags of the account.')
param tags object

@description('Redundancy of the account.')
param sku string

@description('Whether the account is reached through private endpoints alone.')
param private bool

@description('Days for which a deleted blob or container can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 14

var queues = [
  'plan-vm'
  'plan-points'
  'plan-fleet'
  'reconcile-fleet'
  'start-operation'
  'track-operation'
  'revoke-grant'
  'end-grants'
  'notify'
]

var poisonQueues = map(queues, queue => '${queue}-poison')

var tables = [
  'protections'
  'points'
  'copies'
  'foreignpoints'
  'switches'
  'passes'
  'seen'
  'drift'
  'requests'
  'restores'
  'audit'
  'operations'
  'active'
  'due'
  'pacer'
  'policies'
  'partners'
  'grants'
  'locks'
  'grantdue'
  'repeatability'
  'repeatabilitydue'
]

var appContainers = [
  'vm-models'
  'legal-holds'
  'policies'
  'partners'
]

var packageContainer = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      // No service of Azure has business here: dead letters of Event Grid have an account of their own.
      bypass: 'None'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for container in concat(appContainers, [packageContainer]): {
    parent: blobs
    name: container
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource allQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-01-01' = [
  for queue in concat(queues, poisonQueues): {
    parent: queueService
    name: queue
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource allTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for table in tables: {
    parent: tableService
    name: table
  }
]

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Container of the package that is deployed.')
output packageContainer string = packageContainer
