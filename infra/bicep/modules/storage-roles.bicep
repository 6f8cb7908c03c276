// What host and app may do with the data of the storage account.

@description('Name of the storage account.')
param storageAccountName string

@description('Object id of the app\'s identity.')
param principalId string

// Microsoft's guide gives the host Storage Blob Data Owner, to read and write blobs and to create containers. Data
// Contributor has both; what Owner adds to it (ACLs, tags, blobs under an immutability policy) nobody here needs.
var roles = [
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor: package, locks of timers, keys; models, holds, copies
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor: triggers, bindings, poison queues
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor: the app's state; diagnostic events of the host
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageAccountName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]
