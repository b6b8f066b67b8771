targetScope = 'subscription'

import { models as modelsType } from 'modules/types.bicep'

@description('The name of the azd environment. All names derive from it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('The region of everything but the models.')
param location string

@description('The region of the first Azure OpenAI instance.')
param openAILocation string = loadJsonContent('gateway/backends.json').instances[0].region

@description('The address of the second Azure OpenAI instance, which DeployAzureOpenResource.bicep deploys and prints. Empty: the pools have the first instance only.')
param secondaryOpenAIEndpoint string = ''

@description('The deployments of the first instance. Change infra/models.json instead, which the second instance reads as well: they have to be the same.')
param models modelsType = loadJsonContent('models.json')

@description('The tier of API Management. Classic tiers take more than half an hour to create.')
@allowed(['BasicV2', 'StandardV2', 'Developer', 'Basic', 'Standard', 'Premium'])
param apiManagementSku string = 'BasicV2'

@description('How many units of API Management.')
@minValue(1)
@maxValue(10)
param apiManagementCapacity int = 1

@description('The organization that API Management names as the publisher of its APIs.')
param publisherName string = 'Contoso Suites'

@description('The address that API Management sends its notifications to.')
param publisherEmail string

@description('Which of the two keys of its API Management subscription the app uses. Switch it to rotate the keys without an interruption.')
@allowed(['primary', 'secondary'])
param appKey string = 'primary'

@description('Whether prompts and answers are logged. Change infra/gateway/diagnostics.json, which the local gateway reads as well; read "Security" in the README first.')
param logMessages bool = loadJsonContent('gateway/diagnostics.json').logMessages

@description('Who is told of alerts by mail. Empty: the alerts are shown in the portal only.')
param alertEmail string = ''

@description('Who runs the deployment: azd gives the principal id. It may read and write the data in Cosmos DB, to load the sample data. Empty: nobody but the app may.')
param principalId string = ''

@description('The name of the database in Cosmos DB.')
param databaseName string = 'ContosoSuites'

@description('The name of the container of the maintenance requests.')
param maintenanceRequestsContainerName string = 'MaintenanceRequests'

@description('The most instances that the Function App is scaled out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('The memory of an instance of the Function App, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('How many days logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionInDays int = 30

@description('The most that Log Analytics takes in per day, in GB: what is beyond is lost until the next day, instead of being paid. -1: no limit.')
@minValue(-1)
param logDailyQuotaGb int = 5

@description('How many days the collected backend distribution is kept.')
@minValue(1)
@maxValue(3650)
param distributionRetentionDays int = 90

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-functions-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: 'appi-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    retentionInDays: logRetentionInDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    name: 'cosmos-${token}'
    location: location
    tags: tags
    databaseName: databaseName
    maintenanceRequestsContainerName: maintenanceRequestsContainerName
    vectorDimensions: models.embedding.dimensions
    distributionRetentionDays: distributionRetentionDays
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: principalId
  }
}

module apiManagement 'modules/api-management.bicep' = {
  scope: group
  params: {
    name: 'apim-${token}'
    location: location
    tags: tags
    sku: apiManagementSku
    capacity: apiManagementCapacity
    publisherName: publisherName
    publisherEmail: publisherEmail
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module openAI 'modules/openai.bicep' = {
  scope: group
  params: {
    name: 'oai-${token}'
    location: openAILocation
    tags: tags
    models: models
    gatewayPrincipalId: apiManagement.outputs.principalId
  }
}

module gateway 'modules/gateway.bicep' = {
  scope: group
  params: {
    apiManagementName: apiManagement.outputs.name
    azureMonitorLoggerName: apiManagement.outputs.azureMonitorLoggerName
    applicationInsightsLoggerName: apiManagement.outputs.applicationInsightsLoggerName
    keyVaultName: keyVault.outputs.name
    appKey: appKey
    logMessages: logMessages
    endpoints: {
      'openai-primary': openAI.outputs.endpoint
      'openai-secondary': secondaryOpenAIEndpoint
    }
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    applicationInsightsConnectionString: monitoring.outputs.applicationInsightsConnectionString
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    settings: {
      ApiManagement__Endpoint: apiManagement.outputs.gatewayUrl
      ApiManagement__ApiKey: '@Microsoft.KeyVault(SecretUri=${gateway.outputs.keySecretUri})'
      ApiManagement__ModelCallTimeoutSeconds: '200'
      ApiManagement__TurnTimeoutSeconds: '220'
      ApiManagement__MaxRetryWaitSeconds: '5'
      AzureOpenAI__DeploymentName: models.chat.deployment
      AzureOpenAI__EmbeddingDeploymentName: models.embedding.deployment
      AzureOpenAI__MaxModelCallsPerTurn: '8'
      BackendDistribution__Backends: join(map(gateway.outputs.instances, instance => '${instance.name}=${instance.host}'), ',')
      BackendDistribution__DegradedAfterMinutes: '30'
      BackendDistribution__FirstRunHours: '24'
      BackendDistribution__LatenessMinutes: '30'
      BackendDistribution__RetentionDays: string(distributionRetentionDays)
      Chat__MaxMessageLength: '8000'
      Copilot__MaxMessageLength: '8000'
      Copilot__HistoryTokens: '6000'
      Copilot__IdleMinutes: '30'
      CosmosDB__AccountEndpoint: cosmos.outputs.endpoint
      CosmosDB__DatabaseName: databaseName
      CosmosDB__MaintenanceRequestsContainerName: maintenanceRequestsContainerName
      Embeddings__Dimensions: string(models.embedding.dimensions)
      Embeddings__MaxTextLength: '8000'
      LogAnalytics__TimeoutSeconds: '300'
      LogAnalytics__WorkspaceId: monitoring.outputs.workspaceId
      Maintenance__InlineEmbeddingSeconds: '3'
      Maintenance__MaxDetailsLength: '4000'
      BackendDistributionSchedule: '0 */5 * * * *'
      EmbedPendingRequestsSchedule: '0 */5 * * * *'
      PurgeConversationsSchedule: '0 30 * * * *'
    }
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    apiName: gateway.outputs.apiName
    instances: gateway.outputs.instances
    emailAddress: alertEmail
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    apiName: gateway.outputs.apiName
    instances: gateway.outputs.instances
  }
}

@description('The region.')
output AZURE_LOCATION string = location

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The Function App.')
output FUNCTION_APP_NAME string = functionApp.outputs.name

@description('The base address of the functions; the dashboard takes it as its API endpoint, with /api.')
output FUNCTION_APP_URL string = functionApp.outputs.url

@description('The API Management service, which DeployAzureOpenResource.bicep asks for.')
output API_MANAGEMENT_NAME string = apiManagement.outputs.name

@description('The base address of the gateway.')
output API_MANAGEMENT_ENDPOINT string = apiManagement.outputs.gatewayUrl

@description('The Cosmos DB account that the sample data is loaded into.')
output COSMOS_ENDPOINT string = cosmos.outputs.endpoint

@description('The database in it.')
output COSMOS_DATABASE string = databaseName

@description('The container of the maintenance requests in that.')
output COSMOS_MAINTENANCE_REQUESTS string = maintenanceRequestsContainerName

@description('The workspace with the logs of the gateway, as the query API knows it.')
output LOG_ANALYTICS_WORKSPACE_ID string = monitoring.outputs.workspaceId
