@description('The name of the account.')
@minLength(3)
@maxLength(44)
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The name of the database.')
param databaseName string

@description('The name of the container of the maintenance requests.')
param maintenanceRequestsContainerName string

@description('The length of the vectors that the embedding deployment makes.')
param vectorDimensions int

@description('How many days the collected backend distribution is kept.')
param distributionRetentionDays int

@description('The principal id of the app, which reads and writes the data.')
param appPrincipalId string

@description('The name of the identity of the app. The names of its role assignments derive from it: a preview knows it before there is a principal.')
param appIdentityName string

@description('The principal id of whoever loads the sample data. Empty: nobody does.')
param operatorPrincipalId string

var dayInSeconds = 86400
var never = -1

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [
      {
        locationName: location
        failoverPriority: 0
        isZoneRedundant: false
      }
    ]
    capabilities: [
      {
        name: 'EnableServerless'
      }
      {
        name: 'EnableNoSQLVectorSearch'
      }
    ]
    // Each instance of the app has a session of its own, and any of them may get the next turn of a conversation. In one region
    // this costs reads some request units and no time.
    consistencyPolicy: {
      defaultConsistencyLevel: 'Strong'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: 'Continuous7Days'
      }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
  }

  resource database 'sqlDatabases' = {
    name: databaseName
    properties: {
      resource: {
        id: databaseName
      }
    }
  }
}

resource maintenanceRequests 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = {
  parent: account::database
  name: maintenanceRequestsContainerName
  properties: {
    resource: {
      id: maintenanceRequestsContainerName
      partitionKey: {
        kind: 'Hash'
        paths: ['/hotel_id']
        version: 2
      }
      // Can not be changed afterwards: another length of vectors means another container.
      vectorEmbeddingPolicy: {
        vectorEmbeddings: [
          {
            path: '/request_vector'
            dataType: 'float32'
            distanceFunction: 'cosine'
            dimensions: vectorDimensions
          }
        ]
      }
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [
          {
            path: '/*'
          }
        ]
        // Numbers of a vector in the ordinary index would make every write dear and no query faster.
        excludedPaths: [
          {
            path: '/"_etag"/?'
          }
          {
            path: '/request_vector/*'
          }
        ]
        // The pages of the list, newest first, and of the pending ones, oldest first.
        compositeIndexes: [
          [
            {
              path: '/date'
              order: 'ascending'
            }
            {
              path: '/id'
              order: 'ascending'
            }
          ]
        ]
        vectorIndexes: [
          {
            path: '/request_vector'
            type: 'diskANN'
          }
        ]
      }
    }
  }
}

// A conversation expires a day after its last turn: every turn writes the document anew, which starts its time to live again.
// Indexed is what queries ask for: the rest would make writes dear.
var containers = [
  {
    name: 'Conversations'
    partitionKey: '/id'
    timeToLive: dayInSeconds
    indexedPaths: ['/last_turn/?']
  }
  {
    name: 'IdempotencyKeys'
    partitionKey: '/id'
    timeToLive: never
    indexedPaths: []
  }
  {
    name: 'Hotels'
    partitionKey: '/id'
    timeToLive: never
    indexedPaths: ['/hotelID/?']
  }
  {
    name: 'Bookings'
    partitionKey: '/hotelID'
    timeToLive: never
    indexedPaths: ['/hotelID/?', '/stayBeginDate/?']
  }
  {
    name: 'BackendDistribution'
    partitionKey: '/day'
    timeToLive: distributionRetentionDays * dayInSeconds
    indexedPaths: ['/hour/?']
  }
]

resource otherContainers 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2025-04-15' = [
  for container in containers: {
    parent: account::database
    name: container.name
    properties: {
      resource: {
        id: container.name
        partitionKey: {
          kind: 'Hash'
          paths: [container.partitionKey]
          version: 2
        }
        defaultTtl: container.timeToLive
        indexingPolicy: {
          indexingMode: 'consistent'
          automatic: true
          includedPaths: map(container.indexedPaths, path => { path: path })
          excludedPaths: [
            {
              path: '/*'
            }
          ]
        }
      }
    }
  }
]

// Cosmos DB keeps the roles for its data itself; this one is its built-in Data Contributor.
var dataContributor = '00000000-0000-0000-0000-000000000002'

resource appUsesData 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, appIdentityName, dataContributor)
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    principalId: appPrincipalId
    scope: account.id
  }
}

// One after the other: the account is locked while it takes up an assignment, and refuses another one.
resource operatorUsesData 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = if (!empty(operatorPrincipalId)) {
  parent: account
  name: guid(account.id, operatorPrincipalId, dataContributor)
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    principalId: operatorPrincipalId
    scope: account.id
  }
  dependsOn: [appUsesData]
}

@description('The address of the account.')
output endpoint string = account.properties.documentEndpoint
