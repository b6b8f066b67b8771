@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the subscription of the app.')
param subscriptionName string

@description('Which of the two keys of the subscription the app uses. The other one can be regenerated meanwhile.')
@allowed(['primary', 'secondary'])
param key string

@description('The name of the vault.')
param keyVaultName string

resource subscription 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' existing = {
  name: '${apiManagementName}/${subscriptionName}'
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: keyVaultName
}

// The key goes from API Management to the vault within the deployment: it is in no parameter, output or setting.
resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'api-management-key'
  properties: {
    contentType: 'API Management subscription key'
    value: subscription.listSecrets()['${key}Key']
  }
}

@description('The address of the secret without a version, so that the app takes up a new key by itself.')
output secretUri string = secret.properties.secretUri
