// What the gateway serves, in the order in which it has to come: the policy refers to the pools, the values and the fragment.

import { addresses, backendsFile, instance } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the vault that takes the key of the app.')
param keyVaultName string

@description('Which of the two keys of its subscription the app uses.')
@allowed(['primary', 'secondary'])
param appKey string

@description('Whether prompts and answers are logged.')
param logMessages bool

@description('The instances, deployments and limits, checked.')
param backends backendsFile

@description('The address of the first instance.')
param firstEndpoint string

@description('The addresses of the others by their names. Without one an instance is in no pool.')
param otherEndpoints addresses

var apiName = loadJsonContent('../gateway/api.json').name
var subscriptionName = 'contoso-suites-functions'

module pools 'gateway-backends.bicep' = {
  params: {
    apiManagementName: apiManagementName
    backends: backends
    firstEndpoint: firstEndpoint
    otherEndpoints: otherEndpoints
  }
}

module values 'gateway-values.bicep' = {
  params: {
    apiManagementName: apiManagementName
    backends: backends
  }
}

module api 'gateway-api.bicep' = {
  params: {
    apiManagementName: apiManagementName
  }
  dependsOn: [pools, values]
}

module diagnostics 'gateway-diagnostics.bicep' = {
  params: {
    apiManagementName: apiManagementName
    apiName: apiName
    logMessages: logMessages
  }
  dependsOn: [api]
}

module product 'gateway-product.bicep' = {
  params: {
    apiManagementName: apiManagementName
    apiName: apiName
    subscriptionName: subscriptionName
  }
  dependsOn: [api]
}

module key 'gateway-key.bicep' = {
  params: {
    apiManagementName: apiManagementName
    subscriptionName: subscriptionName
    key: appKey
    keyVaultName: keyVaultName
  }
  dependsOn: [product]
}

@description('The instances in the pools.')
output instances instance[] = pools.outputs.instances

@description('Where the key of the app is kept.')
output keySecretUri string = key.outputs.secretUri
