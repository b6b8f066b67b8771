import { roles } from 'roles.bicep'

@description('The name of the storage account.')
@minLength(3)
@maxLength(24)
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The principal id of the app.')
param appPrincipalId string

@description('The name of the identity of the app. The names of its role assignments derive from it: a preview knows it before there is a principal.')
param appIdentityName string

// What the Functions host keeps its timers and keys in, and what the app is deployed from.
resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'app-package'
    }
  }
}

// The host takes leases on blobs and creates containers: it asks for the owner role, and for blobs only.
resource ownBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, appIdentityName, roles['Storage Blob Data Owner'])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Storage Blob Data Owner'])
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The name of the storage account.')
output name string = account.name

@description('The address of the container that the app is deployed from.')
output packageContainer string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
