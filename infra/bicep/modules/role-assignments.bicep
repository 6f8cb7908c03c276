// Roles of the app in a whole subscription.

targetScope = 'subscription'

@description('Object id of the app\'s identity.')
param principalId string

@description('Resource ids of the role definitions.')
param roleIds string[]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in roleIds: {
    name: guid(subscription().id, principalId, roleId)
    properties: {
      roleDefinitionId: roleId
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]
