// Who the app is, to storage, to Event Grid and to ARM. User-assigned, so that its roles exist before the app does,
// and stay when the app is made anew.

@description('Name of the identity.')
param name string

@description('Region of the identity.')
param location string

@description('Tags of the identity.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, for the app to be given the identity.')
output id string = identity.id

@description('Client id, which the app asks for tokens with.')
output clientId string = identity.properties.clientId

@description('Object id, which roles are assigned to.')
output principalId string = identity.properties.principalId
