// What somebody is called for: docs/operate.md has a section for each rule, under its name. The metrics are the app's
// own (docs/telemetry.md), each row of AppMetrics being what one instance saw within a minute.

@description('Resource id of the Log Analytics workspace with the app\'s telemetry.')
param workspaceId string

@description('Region of the rules, which is that of the workspace.')
param location string

@description('Who is told; empty: nobody, and alerts are only seen in the portal.')
param emailAddress string

@description('What the names of the rules begin with.')
@minLength(1)
param prefix string

@description('Tags of the rules.')
param tags object

@description('Seconds from a tag to the first restore point that are too many, on average.')
@minValue(60)
param slowProtectionSeconds int = 900

@description('Hours that the copy of a restore point may take. Azure itself gives up after two weeks.')
@minValue(1)
param copyLagHours int = 24

@description('Operations of one kind and ARM code that may fail within an hour.')
@minValue(0)
param failedOperations int = 5

@description('Answers of ARM within an hour that may say the app asks too much.')
@minValue(0)
param throttledCalls int = 50

@description('Exceptions within a quarter of an hour that are too many.')
@minValue(0)
param exceptions int = 20

var rules = [
  {
    name: 'grants-late'
    description: 'Access to a disk has not ended in time: somebody may still read it.'
    severity: 1
    query: '''
AppMetrics
| where Name == 'restorepoints.grants_late'
| project TimeGenerated, Value = Sum / ItemCount
'''
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    dimensions: []
    windowSize: 'PT5M'
    frequency: 'PT5M'
  }
  {
    name: 'app-silent'
    description: 'The timers that run every minute have not run for a quarter of an hour: the app is down.'
    severity: 1
    // Told every minute, whether there are grants or not. Metrics are never sampled, as requests may be.
    query: '''
AppMetrics
| where Name == 'restorepoints.grants_active'
| project TimeGenerated
'''
    aggregation: 'Count'
    operator: 'LessThan'
    threshold: 1
    dimensions: []
    windowSize: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'rpo-breached'
    description: 'VMs have no restore point as young as their policies promise.'
    severity: 2
    query: '''
AppMetrics
| where Name == 'restorepoints.rpo_breaches'
| project TimeGenerated, Value = Sum / ItemCount
'''
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    dimensions: []
    windowSize: 'PT30M'
    frequency: 'PT15M'
  }
  {
    name: 'operations-failing'
    description: 'Operations have failed for good, again and again for the same reason.'
    severity: 2
    query: '''
AppMetrics
| where Name == 'restorepoints.operations' and tostring(Properties.state) == 'Failed'
| extend Code = tostring(Properties.code)
| project TimeGenerated, Kind = tostring(Properties.kind), Code = iff(isempty(Code), 'none', Code), Value = Sum
'''
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: failedOperations
    dimensions: ['Kind', 'Code']
    windowSize: 'PT1H'
    frequency: 'PT15M'
  }
  {
    name: 'messages-poisoned'
    description: 'A message was given up after five tries, so what it was for has not happened.'
    severity: 2
    query: '''
AppMetrics
| where Name == 'restorepoints.messages_poisoned'
| project TimeGenerated, Queue = tostring(Properties.queue), Value = Sum
'''
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    dimensions: ['Queue']
    windowSize: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'arm-throttled'
    description: 'Azure Resource Manager refuses calls, because there are too many.'
    severity: 3
    query: '''
AppMetrics
| where Name == 'restorepoints.arm_throttled'
| project TimeGenerated, Operation = tostring(Properties.operation), Value = Sum
'''
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: throttledCalls
    dimensions: ['Operation']
    windowSize: 'PT1H'
    frequency: 'PT15M'
  }
  {
    name: 'protection-slow'
    description: 'VMs that were tagged wait long for their first restore point.'
    severity: 3
    query: '''
AppMetrics
| where Name == 'restorepoints.tag_to_protected' and ItemCount > 0
| project TimeGenerated, Value = Sum / ItemCount
'''
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: slowProtectionSeconds
    dimensions: []
    windowSize: 'PT1H'
    frequency: 'PT15M'
  }
  {
    name: 'copies-lagging'
    description: 'Copies of restore points take long to reach their region.'
    severity: 3
    query: '''
AppMetrics
| where Name == 'restorepoints.copy_lag'
| project TimeGenerated, Value = Max
'''
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: copyLagHours * 3600
    dimensions: []
    windowSize: 'PT6H'
    frequency: 'PT1H'
  }
  {
    name: 'functions-throwing'
    description: 'Functions end with exceptions, which only a fault of the app or of what it needs makes them do.'
    severity: 3
    query: '''
AppExceptions
| project TimeGenerated, ProblemId
'''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: exceptions
    dimensions: []
    windowSize: 'PT15M'
    frequency: 'PT5M'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emailAddress)) {
  name: '${prefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'rst-points'
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: emailAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${prefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${prefix}: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.windowSize
      // A new workspace does not have the tables before the first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          union(
            {
              query: rule.query
              timeAggregation: rule.aggregation
              operator: rule.operator
              threshold: rule.threshold
              dimensions: map(rule.dimensions, dimension => { name: dimension, operator: 'Include', values: ['*'] })
              failingPeriods: {
                numberOfEvaluationPeriods: 1
                minFailingPeriodsToAlert: 1
              }
            },
            rule.aggregation == 'Count' ? {} : { metricMeasureColumn: 'Value' }
          )
        ]
      }
      actions: {
        actionGroups: empty(emailAddress) ? [] : [people.id]
      }
    }
  }
]
