targetScope = 'subscription'

import { addresses, backendsFile, modelsFile } from 'modules/types.bicep'
import { checkAddresses, checkBackends, checkModels, checkPrices } from 'modules/checks.bicep'

@description('The name of the azd environment. All names derive from it, the subscription and the region.')
@minLength(1)
@maxLength(64)
param environmentName string

// Where both Flex Consumption and the v2 tiers of API Management are offered, by their documentation of November 2026.
@description('The region of everything but the models.')
@metadata({ azd: { type: 'location' } })
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southindia'
  'swedencentral'
  'switzerlandnorth'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westeurope'
  'westus'
])
param location string

@description('The region of the first Azure OpenAI instance.')
param openAILocation string = loadJsonContent('gateway/backends.json').instances[0].region

@description('The addresses of the other Azure OpenAI instances by their names in infra/gateway/backends.json; DeployAzureOpenResource.bicep deploys one and prints its address. An instance without an address is in no pool.')
param openAIEndpoints addresses = {}

@description('The deployments of the first instance. Change infra/models.json instead, which the second instance reads as well: they have to be the same.')
param models modelsFile = loadJsonContent('models.json')

@description('The tier of API Management. Classic tiers take more than half an hour to create.')
@allowed(['BasicV2', 'StandardV2', 'Developer', 'Basic', 'Standard', 'Premium'])
param apiManagementSku string = 'BasicV2'

@description('How many units of API Management.')
@minValue(1)
@maxValue(10)
param apiManagementCapacity int = 1

@description('Whether an API Management that was deleted within the last 48 hours is taken back: Azure keeps its name so long. Everything else is ignored then, so deploy again without it.')
param restoreApiManagement bool = false

@description('The organization that API Management names as the publisher of its APIs.')
param publisherName string = 'Contoso Suites'

@description('The address that API Management sends its notifications to.')
param publisherEmail string

@description('Which of the two keys of its API Management subscription the app uses. Switch it to rotate the keys without an interruption.')
@allowed(['primary', 'secondary'])
param appKey string = 'primary'

@description('Whether prompts and answers are logged. Change infra/gateway/diagnostics.json, which the local gateway reads as well; read "Security" in infra/README.md first.')
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

@description('How many requests an instance of the Function App is sent at the same time before another instance is started. A chat waits for its model, so an instance holds many: "Scale" in infra/README.md has the figures for one of 2048 MB, with room for bursts and rounds of tools. An instance refuses what is beyond twice as many.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 250

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

@description('What a million prompt and completion tokens of a deployment cost in US dollars, as in gpt-5.4-mini=0.825/4.95,text-embedding-3-small=0.02/0. Empty: no cost is shown.')
param modelPrices string = ''

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

var checkedModels = checkModels(models)
var backends backendsFile = loadJsonContent('gateway/backends.json')
var checkedBackends = checkBackends(backends, loadTextContent('gateway/policy.xml'))

// Names that are known before anything is deployed: a preview can not follow one that a deployment puts out.
var identityName = 'id-functions-${token}'
var applicationInsightsName = 'appi-${token}'
var keyVaultName = 'kv-${token}'
var apiManagementName = 'apim-${token}'

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: identityName
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: applicationInsightsName
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    appIdentityName: identityName
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
    appIdentityName: identityName
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: keyVaultName
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    appIdentityName: identityName
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
    vectorDimensions: checkedModels.embedding.dimensions
    distributionRetentionDays: distributionRetentionDays
    appPrincipalId: identity.outputs.principalId
    appIdentityName: identityName
    operatorPrincipalId: principalId
  }
}

module apiManagement 'modules/api-management.bicep' = {
  scope: group
  params: {
    name: apiManagementName
    location: location
    tags: tags
    sku: apiManagementSku
    capacity: apiManagementCapacity
    publisherName: publisherName
    publisherEmail: publisherEmail
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    applicationInsightsName: applicationInsightsName
    restore: restoreApiManagement
  }
}

module openAI 'modules/openai.bicep' = {
  scope: group
  params: {
    name: 'oai-${token}'
    location: openAILocation
    tags: tags
    models: checkedModels
    gatewayPrincipalId: apiManagement.outputs.principalId
    gatewayName: apiManagementName
  }
}

module gateway 'modules/gateway.bicep' = {
  scope: group
  params: {
    apiManagementName: apiManagementName
    keyVaultName: keyVaultName
    appKey: appKey
    logMessages: logMessages
    backends: checkedBackends
    firstEndpoint: openAI.outputs.endpoint
    otherEndpoints: checkAddresses(openAIEndpoints, checkedBackends)
  }
  dependsOn: [keyVault]
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
    httpConcurrency: httpConcurrency
    settings: {
      ApiManagement__Endpoint: apiManagement.outputs.gatewayUrl
      ApiManagement__ApiKey: '@Microsoft.KeyVault(SecretUri=${gateway.outputs.keySecretUri})'
      ApiManagement__ModelCallTimeoutSeconds: '200'
      ApiManagement__TurnTimeoutSeconds: '220'
      ApiManagement__MaxRetryWaitSeconds: '5'
      AzureOpenAI__DeploymentName: checkedModels.chat.deployment
      AzureOpenAI__EmbeddingDeploymentName: checkedModels.embedding.deployment
      AzureOpenAI__MaxModelCallsPerTurn: '8'
      AzureOpenAI__Prices: modelPrices
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
      Embeddings__Dimensions: string(checkedModels.embedding.dimensions)
      Embeddings__MaxTextLength: '8000'
      Http__MaxConcurrentRequests: string(2 * httpConcurrency)
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
    instances: gateway.outputs.instances
    prices: checkPrices(modelPrices)
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
output API_MANAGEMENT_NAME string = apiManagementName

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
