import { roles } from 'roles.bicep'

@description('The name of the Log Analytics workspace.')
param workspaceName string

@description('The name of the Application Insights resource.')
param applicationInsightsName string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The principal id of the app, which reads the logs of the gateway and sends its own telemetry.')
param appPrincipalId string

@description('The name of the identity of the app. The names of its role assignments derive from it: a preview knows it before there is a principal.')
param appIdentityName string

@description('How many days logs are kept.')
@minValue(30)
@maxValue(730)
param retentionInDays int

@description('The most that is taken in per day, in GB: what is beyond is lost until the next day, instead of being paid. -1: no limit.')
param dailyQuotaGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionInDays
    workspaceCapping: {
      dailyQuotaGb: dailyQuotaGb
    }
    features: {
      disableLocalAuth: true
      // Whoever has a role on a resource alone sees that resource's rows; the app has one on the workspace.
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    // Without it the token metric arrives without its dimensions. The service knows the property, its published type does not.
    #disable-next-line BCP037
    CustomMetricsOptedInType: 'WithDimensions'
  }
}

resource readLogs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(workspace.id, appIdentityName, roles['Log Analytics Reader'])
  scope: workspace
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Log Analytics Reader'])
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource publishTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(applicationInsights.id, appIdentityName, roles['Monitoring Metrics Publisher'])
  scope: applicationInsights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Monitoring Metrics Publisher'])
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The resource id of the workspace.')
output workspaceResourceId string = workspace.id

@description('The id that the query API knows the workspace by.')
output workspaceId string = workspace.properties.customerId

@description('Says where telemetry goes. With local authentication off it is an address, not a credential.')
output applicationInsightsConnectionString string = applicationInsights.properties.ConnectionString
