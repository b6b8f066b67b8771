import { instance } from 'types.bicep'

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The resource id of the Log Analytics workspace.')
param workspaceResourceId string

@description('The instances in the pools.')
param instances instance[]

@description('What a million prompt and completion tokens of a deployment cost, by its name.')
param prices object

var apiName = loadJsonContent('../gateway/api.json').name

// The values of the parameters that a query declares between its two marks; it ignores those that it does not declare. What is in
// braces the workbook fills in itself, with the range of time that was chosen.
var parameters = 'let window_from = datetime({TimeRange:startISO});\nlet window_to = datetime({TimeRange:endISO});\nlet bin_size = {TimeRange:grain};\nlet api_id = "${apiName}";\nlet backends = dynamic(${string(instances)});\nlet prices = dynamic(${string(prices)});\n'
var mark = 'end of parameters'

// The queries are those of the files: the workbook shows what the app collects and what the alerts ask.
var tables = [
  {
    name: 'backend-distribution'
    title: 'Who served what'
    query: loadTextContent('../queries/backend-distribution.kql')
    none: 'No request in this time.'
  }
  {
    name: 'skew'
    title: 'Instances whose share is not the one of their weight'
    query: loadTextContent('../alerts/skew.kql')
    none: 'The load is spread as configured.'
  }
  {
    name: 'retries-and-failovers'
    title: 'Requests that needed more than one attempt'
    query: loadTextContent('../queries/retries-and-failovers.kql')
    none: 'Every request was served at its first attempt.'
  }
  {
    name: 'all-throttled'
    title: 'Requests for which every instance was throttled'
    query: loadTextContent('../alerts/all-throttled.kql')
    none: 'No request met with throttling everywhere.'
  }
  {
    name: 'failure-analysis'
    title: 'Requests that failed'
    query: loadTextContent('../queries/failure-analysis.kql')
    none: 'No request failed.'
  }
  {
    name: 'tokens-by-caller'
    title: 'Tokens and their cost by calling function, caller and deployment'
    query: loadTextContent('../queries/tokens-by-caller.kql')
    none: 'No token was used.'
  }
]

// A range of time to choose, and below it one table a query.
var timeRange = {
  type: 9
  name: 'parameters'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        id: guid(workspaceResourceId, 'TimeRange')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        label: 'Time range'
        type: 4
        isRequired: true
        value: {
          durationMs: 86400000
        }
        typeSettings: {
          allowCustom: true
          selectableValues: [
            {
              durationMs: 3600000
            }
            {
              durationMs: 14400000
            }
            {
              durationMs: 86400000
            }
            {
              durationMs: 604800000
            }
          ]
        }
      }
    ]
  }
}

// Log Analytics lays the chosen time on every table, also on the hour beside it in which a query looks for the tokens.
var edges = {
  type: 1
  name: 'edges'
  content: {
    json: 'At the edges of the chosen time the first and the last bin are parts of one, and a request there shows without those of its tokens that were logged outside of it. Choose a longer time where the edges matter.'
  }
}

var queries = [
  for table in tables: {
    type: 3
    name: table.name
    content: {
      version: 'KqlItem/1.0'
      title: table.title
      query: '${parameters}${split(table.query, mark)[1]}'
      size: 0
      timeContextFromParameter: 'TimeRange'
      queryType: 0
      resourceType: 'microsoft.operationalinsights/workspaces'
      visualization: 'table'
      noDataMessage: table.none
      noDataMessageStyle: 3
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'models')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Contoso Suites: who served what'
    category: 'workbook'
    sourceId: workspaceResourceId
    version: 'Notebook/1.0'
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [workspaceResourceId]
      items: concat([timeRange, edges], queries)
    })
  }
}
