// One event subscription of a system topic, to the function. Event Grid delivers with an access of its own: neither the
// function's key nor the app's identity is needed here.

@description('Name of the system topic.')
param topicName string

@description('Name of the event subscription.')
@minLength(3)
@maxLength(64)
param name string

@description('Resource id of the function.')
param functionId string

@description('Which events: their types, and what else must hold.')
param filter object

@description('Resource id of the storage account for events that could not be delivered; empty: they are dropped.')
param deadLetterAccountId string

@description('Its container for them.')
param deadLetterContainer string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource eventSubscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: name
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: functionId
        // Of a batch, one failure would bring back all of it.
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: filter
    // Event Grid's most: an app that was away for a day hears of what was started and deallocated meanwhile. All else
    // the reconciliation has found by then.
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterDestination: empty(deadLetterAccountId)
      ? null
      : {
          endpointType: 'StorageBlob'
          properties: {
            resourceId: deadLetterAccountId
            blobContainerName: deadLetterContainer
          }
        }
  }
}

@description('Name of the event subscription.')
output name string = eventSubscription.name
