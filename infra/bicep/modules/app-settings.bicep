// Every setting of the app and its host: docs/settings.md says what each is for. The collection is written as a whole;
// what is set by hand is gone with the next deployment. test/infra/settings.test.ts holds the names against the code.

@description('Name of the Function App.')
param appName string

@description('Name of the storage account of host and app.')
param storageAccountName string

@description('Name of the Application Insights component.')
param insightsName string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Client id of the API\'s app registration.')
param apiAppId string

@description('Ids of the subscriptions that the reconciliation looks through.')
param subscriptions string[]

@description('Address of the Event Grid topic that operators are told through.')
param notificationsEndpoint string

@description('Settings that have defaults, by name.')
param optional object

// Without the slash at the end that `environment()` has in some clouds.
var arm = 'https://${split(environment().resourceManager, '/')[2]}'

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var always = {
  AzureWebJobsStorage__blobServiceUri: 'https://${storageAccountName}.blob.${environment().suffixes.storage}'
  AzureWebJobsStorage__queueServiceUri: 'https://${storageAccountName}.queue.${environment().suffixes.storage}'
  AzureWebJobsStorage__tableServiceUri: 'https://${storageAccountName}.table.${environment().suffixes.storage}'
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  MANAGED_IDENTITY_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
  ARM_ENDPOINT: arm
  ARM_AUDIENCE: arm
  API_ISSUER: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  API_AUDIENCE: apiAppId
  SUBSCRIPTIONS: join(subscriptions, ',')
  NOTIFICATIONS_ENDPOINT: notificationsEndpoint
}

// What is always set is not to be set otherwise, so it comes last.
resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(toObject(items(optional), setting => setting.key, setting => string(setting.value)), always)
}
