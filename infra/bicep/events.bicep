// What tells the app of changes to VMs of one subscription. Applied to each protected subscription once the app is
// deployed, by infra/hooks/postdeploy.ts: Event Grid refuses a function that is not there yet.
//
// Azure has one system topic at the most for each source and kind of topic, so one that is there already is used.

targetScope = 'subscription'

@description('Name of the environment, as of main.bicep.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of the resource group and of the dead letters. The topics of a subscription have none.')
@minLength(1)
param location string

@description('Resource id of the function that takes the events: `…/sites/<app>/functions/ResourceChanged`. It may be in another subscription of the tenant.')
param functionId string

@description('Resource group of the topics and the dead letters, which is made.')
@minLength(1)
@maxLength(90)
param resourceGroupName string = 'rg-${environmentName}-events'

@description('Resource id of the subscription\'s system topic for `Microsoft.Resources.Subscriptions`, when it has one; empty: it is made.')
param systemTopicId string = ''

@description('Whether to listen to Azure Resource Notifications too. They tell of the same changes once more, and each event costs one reading of the VM.')
param resourceNotifications bool = false

@description('Resource id of the subscription\'s system topic for `Microsoft.ResourceNotifications.Resources`, when it has one; empty: it is made when it is wanted.')
param notificationsTopicId string = ''

@description('Whether events that could not be delivered are kept, to be looked at.')
param deadLetters bool = true

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, functionId))
var makesTopic = empty(systemTopicId)
var makesNotificationsTopic = resourceNotifications && empty(notificationsTopicId)

// What local/stack/event-subscriptions.ts has too; a test holds the two together.
var operations = {
  includedEventTypes: [
    'Microsoft.Resources.ResourceWriteSuccess'
    'Microsoft.Resources.ResourceDeleteSuccess'
    'Microsoft.Resources.ResourceActionSuccess'
  ]
  advancedFilters: [
    {
      operatorType: 'StringContains'
      key: 'data.resourceUri'
      values: ['/providers/Microsoft.Compute/virtualMachines/']
    }
    {
      operatorType: 'StringIn'
      key: 'data.operationName'
      values: [
        'Microsoft.Compute/virtualMachines/write'
        'Microsoft.Compute/virtualMachines/delete'
        'Microsoft.Compute/virtualMachines/start/action'
        'Microsoft.Compute/virtualMachines/deallocate/action'
        'Microsoft.Resources/tags/write'
      ]
    }
  ]
}

var changes = {
  includedEventTypes: [
    'Microsoft.ResourceNotifications.Resources.CreatedOrUpdated'
    'Microsoft.ResourceNotifications.Resources.Deleted'
  ]
  advancedFilters: [
    {
      operatorType: 'StringIn'
      key: 'data.resourceInfo.type'
      values: ['Microsoft.Compute/virtualMachines']
    }
  ]
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module letters 'modules/event-dead-letters.bicep' = if (deadLetters) {
  scope: group
  params: {
    name: 'stdl${token}'
    location: location
    tags: tags
  }
}

module topics 'modules/event-topics.bicep' = {
  scope: group
  params: {
    operationsName: makesTopic ? 'evgt-operations-${token}' : ''
    changesName: makesNotificationsTopic ? 'evgt-changes-${token}' : ''
    tags: tags
  }
}

module operationsSubscription 'modules/event-subscription.bicep' = {
  scope: resourceGroup(makesTopic ? resourceGroupName : split(systemTopicId, '/')[4])
  params: {
    topicName: makesTopic ? topics.outputs.operationsName : last(split(systemTopicId, '/'))
    name: 'vm-operations-${token}'
    functionId: functionId
    filter: operations
    deadLetterAccountId: deadLetters ? letters!.outputs.accountId : ''
    deadLetterContainer: deadLetters ? letters!.outputs.container : ''
  }
}

module changesSubscription 'modules/event-subscription.bicep' = if (resourceNotifications) {
  scope: resourceGroup(makesNotificationsTopic ? resourceGroupName : split(notificationsTopicId, '/')[4])
  params: {
    topicName: makesNotificationsTopic ? topics.outputs.changesName : last(split(notificationsTopicId, '/'))
    name: 'vm-changes-${token}'
    functionId: functionId
    filter: changes
    deadLetterAccountId: deadLetters ? letters!.outputs.accountId : ''
    deadLetterContainer: deadLetters ? letters!.outputs.container : ''
  }
}

@description('Name of the event subscription, to find its deliveries by.')
output eventSubscriptionName string = operationsSubscription.outputs.name

@description('Name of the account with the dead letters; empty when they are not kept.')
output deadLetterAccountName string = deadLetters ? letters!.outputs.accountName : ''
