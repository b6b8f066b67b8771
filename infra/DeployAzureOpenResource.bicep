// A second Azure OpenAI instance, in a region of its own and in the resource group of the first. See "Deploy" in the README.

import { models as modelsType } from 'modules/types.bicep'

@description('The API Management service that is to call the models: API_MANAGEMENT_NAME of main.bicep.')
param apiManagementName string

@description('The region, which should not be that of the first instance.')
param location string = loadJsonContent('gateway/backends.json').instances[1].region

@description('The deployments. Change infra/models.json instead, which the first instance reads as well: they have to be the same.')
param models modelsType = loadJsonContent('models.json')

@description('Tags.')
param tags object = resourceGroup().?tags ?? {}

resource apiManagement 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

module openAI 'modules/openai.bicep' = {
  params: {
    name: 'oai-${uniqueString(resourceGroup().id, location)}'
    location: location
    tags: tags
    models: models
    gatewayPrincipalId: apiManagement.identity.principalId
  }
}

@description('The address of the instance: secondaryOpenAIEndpoint of main.bicep.')
output endpoint string = openAI.outputs.endpoint
