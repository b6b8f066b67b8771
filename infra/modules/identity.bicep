@description('The name of the identity.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

// User-assigned, so that every role is in place before the Function App starts for the first time.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The resource id of the identity.')
output id string = identity.id

@description('The client id, which code names to choose this identity.')
output clientId string = identity.properties.clientId

@description('The principal id, which roles are assigned to.')
output principalId string = identity.properties.principalId
