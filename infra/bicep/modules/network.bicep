// The network that the app reaches its storage through: one subnet for the app, one for the private endpoints.

@description('Name of the virtual network.')
param name string

@description('Region of the virtual network.')
param location string

@description('Tags of the virtual network.')
param tags object

@description('Address range of the virtual network, at least a /25.')
param addressPrefix string

var appSubnet = 'app'
var endpointSubnet = 'private-endpoints'

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: appSubnet
        properties: {
          // A Flex Consumption app takes up to 40 addresses, however many instances it has.
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: endpointSubnet
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource app 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {
  parent: network
  name: appSubnet
}

resource endpoints 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {
  parent: network
  name: endpointSubnet
}

@description('Resource id of the virtual network.')
output id string = network.id

@description('Resource id of the app\'s subnet.')
output appSubnetId string = app.id

@description('Resource id of the subnet for private endpoints.')
output endpointSubnetId string = endpoints.id
