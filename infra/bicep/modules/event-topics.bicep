// The system topics of a subscription, as far as they are to be made. Events of a subscription come from everywhere,
// so these have no region.

@description('Name of the topic of operations on resources; empty: it is not made.')
param operationsName string

@description('Name of the topic of Azure Resource Notifications; empty: it is not made.')
param changesName string

@description('Tags of the topics.')
param tags object

resource operations 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (!empty(operationsName)) {
  name: empty(operationsName) ? 'none' : operationsName
  location: 'global'
  tags: tags
  properties: {
    source: subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

// Whoever makes it needs Microsoft.ResourceNotifications/systemTopics/subscribeToResources/action.
resource changes 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (!empty(changesName)) {
  name: empty(changesName) ? 'none' : changesName
  location: 'global'
  tags: tags
  properties: {
    source: subscription().id
    topicType: 'Microsoft.ResourceNotifications.Resources'
  }
}

@description('Name of the topic of operations; empty when it was not made.')
output operationsName string = empty(operationsName) ? '' : operations.name

@description('Name of the topic of Azure Resource Notifications; empty when it was not made.')
output changesName string = empty(changesName) ? '' : changes.name
