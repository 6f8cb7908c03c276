// The custom roles of the app in one subscription. No built-in role has the actions of restore points.
//
// Each protected subscription has definitions of its own. A single definition for all of them would need everybody who
// adds a subscription to have rights in all the others, since its assignable scopes are written as a whole; this way a
// subscription comes and goes by itself. A tenant has room for 5,000 definitions. Their names must differ in the whole
// tenant, which is why the subscription is in them.

targetScope = 'subscription'

@description('Name of the environment, which tells several apps in one subscription apart.')
param environmentName string

@description('Whether the app grants access to disks.')
param grants bool

@description('Whether the app restores disks and VMs.')
param restores bool

@description('Whether the roles are to be assigned to resource groups and not to the subscription.')
param narrowed bool

var orchestrateRole = loadJsonContent('../roles/orchestrate.json')
var exportRole = loadJsonContent('../roles/export.json')
var restoreRole = loadJsonContent('../roles/restore.json')
var parts = concat(
  [{ key: 'orchestrate', role: orchestrateRole }],
  grants ? [{ key: 'export', role: exportRole }] : [],
  restores ? [{ key: 'restore', role: restoreRole }] : []
)

// Lists, sizes and the states of operations are read at the subscription, wherever else the app may do something.
var actions = union(
  orchestrateRole.actions,
  grants ? exportRole.actions : [],
  restores ? restoreRole.actions : []
)
var reads = filter(actions, action => endsWith(action, '/read'))
var scope = subscription().id
var suffix = '(${environmentName}, ${subscription().subscriptionId})'

resource definitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for part in parts: {
    name: guid(scope, environmentName, part.key)
    properties: {
      type: 'CustomRole'
      roleName: '${part.role.name} ${suffix}'
      description: part.role.description
      permissions: [
        {
          actions: part.role.actions
        }
      ]
      assignableScopes: [scope]
    }
  }
]

resource reader 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (narrowed) {
  name: guid(scope, environmentName, 'read')
  properties: {
    type: 'CustomRole'
    roleName: 'VM Restore Points Reader ${suffix}'
    description: 'Reads what restore points are made of, where other roles are assigned to resource groups alone.'
    permissions: [
      {
        actions: reads
      }
    ]
    assignableScopes: [scope]
  }
}

@description('Resource ids of the roles with everything the app does.')
output partIds string[] = [for (part, i) in parts: definitions[i].id]

@description('Resource id of the role that reads alone; empty when there is none.')
output readerId string = narrowed ? reader!.id : ''
