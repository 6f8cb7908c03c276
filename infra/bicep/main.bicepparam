// Read from the environment, which `azd env set NAME value` writes. Lists are separated by commas. A variable is read
// with a default wherever it may be missing: without one it must be there, even in a branch that is not taken.
using './main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param resourceGroupName = empty(readEnvironmentVariable('RESOURCE_GROUP_NAME', ''))
  ? 'rg-${readEnvironmentVariable('AZURE_ENV_NAME')}'
  : readEnvironmentVariable('RESOURCE_GROUP_NAME', '')
param apiAppId = readEnvironmentVariable('API_APP_ID')
param protectedSubscriptions = empty(readEnvironmentVariable('PROTECTED_SUBSCRIPTIONS', ''))
  ? [readEnvironmentVariable('AZURE_SUBSCRIPTION_ID')]
  : map(split(readEnvironmentVariable('PROTECTED_SUBSCRIPTIONS', ''), ','), id => toLower(trim(id)))
// JSON, as in [{"subscriptionId": "…", "name": "…"}]
param protectedResourceGroups = json(readEnvironmentVariable('PROTECTED_RESOURCE_GROUPS', '[]'))
param grants = bool(readEnvironmentVariable('GRANTS', 'true'))
param restores = bool(readEnvironmentVariable('RESTORES', 'true'))
// JSON, as in {"RESTORE_POINTS_TAG": "protect"}
param settings = json(readEnvironmentVariable('APP_SETTINGS', '{}'))
param alwaysReadyForTags = int(readEnvironmentVariable('ALWAYS_READY_FOR_TAGS', '0'))
param alwaysReadyForHttp = int(readEnvironmentVariable('ALWAYS_READY_FOR_HTTP', '0'))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '100'))
param instanceMemoryMB = int(readEnvironmentVariable('INSTANCE_MEMORY_MB', '2048'))
param storageSku = readEnvironmentVariable('STORAGE_SKU', 'Standard_ZRS')
param privateNetworking = bool(readEnvironmentVariable('PRIVATE_NETWORKING', 'false'))
param networkPrefix = readEnvironmentVariable('NETWORK_PREFIX', '10.80.0.0/24')
param callerRanges = empty(readEnvironmentVariable('CALLER_RANGES', ''))
  ? []
  : map(split(readEnvironmentVariable('CALLER_RANGES', ''), ','), callers => trim(callers))
param alertEmailAddress = readEnvironmentVariable('ALERT_EMAIL_ADDRESS', '')
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '30'))
