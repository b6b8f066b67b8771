// What the gateway serves, in the order in which it has to come: the policy refers to the pools, the values and the fragment.

import { instance } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the logger that writes to Log Analytics.')
param azureMonitorLoggerName string

@description('The name of the logger that writes to Application Insights.')
param applicationInsightsLoggerName string

@description('The name of the vault that takes the key of the app.')
param keyVaultName string

@description('Which of the two keys of its subscription the app uses.')
@allowed(['primary', 'secondary'])
param appKey string

@description('Whether prompts and answers are logged.')
param logMessages bool

@description('The address of every instance by its name, with a slash at its end. An empty one keeps the instance out of the pools.')
param endpoints object

module backends 'gateway-backends.bicep' = {
  params: {
    apiManagementName: apiManagementName
    endpoints: endpoints
  }
}

module values 'gateway-values.bicep' = {
  params: {
    apiManagementName: apiManagementName
  }
}

module api 'gateway-api.bicep' = {
  params: {
    apiManagementName: apiManagementName
  }
  dependsOn: [backends, values]
}

module diagnostics 'gateway-diagnostics.bicep' = {
  params: {
    apiManagementName: apiManagementName
    apiName: api.outputs.name
    azureMonitorLoggerName: azureMonitorLoggerName
    applicationInsightsLoggerName: applicationInsightsLoggerName
    logMessages: logMessages
  }
}

module product 'gateway-product.bicep' = {
  params: {
    apiManagementName: apiManagementName
    apiName: api.outputs.name
  }
}

module key 'gateway-key.bicep' = {
  params: {
    apiManagementName: apiManagementName
    subscriptionName: product.outputs.subscriptionName
    key: appKey
    keyVaultName: keyVaultName
  }
}

@description('The name of the API.')
output apiName string = api.outputs.name

@description('The instances in the pools.')
output instances instance[] = backends.outputs.instances

@description('Where the key of the app is kept.')
output keySecretUri string = key.outputs.secretUri
