import { instance } from 'types.bicep'

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The resource id of the Log Analytics workspace.')
param workspaceResourceId string

@description('The instances in the pools.')
param instances instance[]

@description('Who is told by mail. Empty: the alerts are shown in the portal only.')
param emailAddress string

var apiName = loadJsonContent('../gateway/api.json').name

// The values of the parameters that a query declares between its two marks; it ignores those that it does not declare.
var parameters = 'let api_id = "${apiName}";\nlet backends = dynamic(${string(instances)});\n'
var mark = 'end of parameters'

// Rows arrive minutes late, so that every row has to be in the windows of several evaluations.
var rules = [
  {
    name: 'models-all-throttled'
    displayName: 'All models throttled'
    description: 'A caller got 429 because every instance was throttled. Raise the capacity of the deployments (infra/models.json), or add an instance.'
    severity: 1
    query: '${parameters}${split(loadTextContent('../alerts/all-throttled.kql'), mark)[1]}'
    window: 'PT30M'
    frequency: 'PT5M'
  }
  {
    name: 'models-skewed'
    displayName: 'Load not spread as configured'
    description: 'An instance serves another share of the requests than its weight asks for. The workbook and GET BackendDistribution show since when, and what it answered.'
    severity: 2
    query: '${parameters}${split(loadTextContent('../alerts/skew.kql'), mark)[1]}'
    window: 'PT1H'
    frequency: 'PT15M'
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emailAddress)) {
  name: 'models-alerts'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'models'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: emailAddress
        useCommonAlertSchema: true
      }
    ]
  }
}

// The queries are not validated at deployment: the tables appear with their first rows only.
resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: rule.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.displayName
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceResourceId]
      windowSize: rule.window
      evaluationFrequency: rule.frequency
      skipQueryValidation: true
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(emailAddress) ? [] : [mail!.id]
      }
    }
  }
]
