import { roles } from 'roles.bicep'

// Diagnostics are called as the loggers that they write to.
@export()
var loggers = {
  applicationInsights: 'applicationinsights'
  azureMonitor: 'azuremonitor'
}

@description('The name of the service, which is its host name as well.')
@minLength(1)
@maxLength(50)
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The tier. A circuit breaker does not exist on Consumption, and classic tiers take more than half an hour to create.')
@allowed(['BasicV2', 'StandardV2', 'Developer', 'Basic', 'Standard', 'Premium'])
param sku string

@description('How many units.')
@minValue(1)
@maxValue(10)
param capacity int

@description('The organization that the service names as the publisher of its APIs.')
param publisherName string

@description('The address that the service sends its notifications to.')
param publisherEmail string

@description('Whether a soft-deleted service of this name is taken back instead. Everything else is ignored then.')
param restore bool

@description('The resource id of the Log Analytics workspace.')
param workspaceResourceId string

@description('The name of the Application Insights resource.')
param applicationInsightsName string

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource service 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
    capacity: capacity
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    publisherName: publisherName
    publisherEmail: publisherEmail
    restore: restore
  }
}

resource publishTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(applicationInsights.id, service.name, roles['Monitoring Metrics Publisher'])
  scope: applicationInsights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Monitoring Metrics Publisher'])
    principalId: service.identity.principalId
    principalType: 'ServicePrincipal'
  }
}

// Takes the token metric, and the traces that join function and gateway.
resource applicationInsightsLogger 'Microsoft.ApiManagement/service/loggers@2024-05-01' = {
  parent: service
  name: loggers.applicationInsights
  properties: {
    loggerType: 'applicationInsights'
    resourceId: applicationInsights.id
    credentials: {
      connectionString: applicationInsights.properties.ConnectionString
      identityClientId: 'systemAssigned'
    }
  }
  dependsOn: [publishTelemetry]
}

resource azureMonitorLogger 'Microsoft.ApiManagement/service/loggers@2024-05-01' = {
  parent: service
  name: loggers.azureMonitor
  properties: {
    loggerType: 'azureMonitor'
    isBuffered: false
  }
}

// 'Dedicated' gives the tables that infra/queries ask: ApiManagementGatewayLogs and ApiManagementGatewayLlmLog.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'log-analytics'
  scope: service
  properties: {
    workspaceId: workspaceResourceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: 'GatewayLogs'
        enabled: true
      }
      {
        category: 'GatewayLlmLogs'
        enabled: true
      }
    ]
  }
}

@description('The principal id of its identity, which the models know it by.')
output principalId string = service.identity.principalId

@description('The base address of the gateway.')
output gatewayUrl string = service.properties.gatewayUrl
