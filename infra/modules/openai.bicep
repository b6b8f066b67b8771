import { roles } from 'roles.bicep'
import { modelsFile } from 'types.bicep'

@description('The name of the account, which is its host name as well.')
@minLength(2)
@maxLength(64)
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The deployments.')
param models modelsFile

@description('The principal id of the gateway, which calls the models.')
param gatewayPrincipalId string

@description('The name of the gateway. The name of its role assignment derives from it: a preview knows it before there is a principal.')
param gatewayName string

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: {
    name: 'S0'
  }
  properties: {
    // Calls with a token of Microsoft Entra ID go to a host name of the account's own, never to that of the region.
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

// One after the other: an account refuses two changes of its deployments at once.
@batchSize(1)
resource deployments 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [
  for model in [models.chat, models.embedding]: {
    parent: account
    name: model.deployment
    sku: {
      name: model.sku
      capacity: model.capacity
    }
    properties: {
      model: {
        format: 'OpenAI'
        name: model.model
        version: model.version
      }
      versionUpgradeOption: 'NoAutoUpgrade'
    }
  }
]

resource useModels 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, gatewayName, roles['Cognitive Services OpenAI User'])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Cognitive Services OpenAI User'])
    principalId: gatewayPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The address of the instance.')
output endpoint string = account.properties.endpoint
