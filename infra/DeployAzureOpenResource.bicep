// A further Azure OpenAI instance, in a region of its own and in the resource group of the first. See infra/README.md.

import { modelsFile } from 'modules/types.bicep'
import { checkModels } from 'modules/checks.bicep'

@description('The API Management service that is to call the models: API_MANAGEMENT_NAME of main.bicep.')
param apiManagementName string

@description('Which instance of infra/gateway/backends.json this is.')
param instanceName string = loadJsonContent('gateway/backends.json').instances[1].name

@description('The region, by default that of the instance in infra/gateway/backends.json.')
param location string?

@description('The deployments. Change infra/models.json instead, which the first instance reads as well: they have to be the same.')
param models modelsFile = loadJsonContent('models.json')

@description('Tags.')
param tags object = resourceGroup().?tags ?? {}

var configured = first(filter(loadJsonContent('gateway/backends.json').instances, instance => instance.name == instanceName))
var region = location ?? configured.?region ?? fail('infra/gateway/backends.json has no instance "${instanceName}", and no location is given.')

resource apiManagement 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

module openAI 'modules/openai.bicep' = {
  params: {
    name: 'oai-${uniqueString(resourceGroup().id, instanceName, region)}'
    location: region
    tags: tags
    models: checkModels(models)
    gatewayPrincipalId: apiManagement.identity.principalId
    gatewayName: apiManagementName
  }
}

@description('The address of the instance, which openAIEndpoints of main.bicep asks for.')
output endpoint string = openAI.outputs.endpoint
