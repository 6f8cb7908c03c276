// Roles of the app in one resource group.

@description('Object id of the app\'s identity.')
param principalId string

@description('Resource ids of the role definitions, of the resource group\'s own subscription.')
param roleIds string[]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in roleIds: {
    name: guid(resourceGroup().id, principalId, roleId)
    properties: {
      roleDefinitionId: roleId
      principalId: principalId
      principalType: 'ServicePrincipal'
    }
  }
]
