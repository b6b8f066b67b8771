@description('The name of the Function App, which is its host name as well.')
param name string

@description('The name of the plan.')
param planName string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The resource id of the identity that the app runs as.')
param identityId string

@description('The client id of that identity.')
param identityClientId string

@description('The storage account of the host.')
param storageAccountName string

@description('The address of the container that the app is deployed from.')
param packageContainer string

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@description('The settings of the app, by the names that it reads, with __ for the colon.')
param settings object

@description('The most instances that the app is scaled out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('The memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('How many requests an instance is sent at the same time before another one is started.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  // azd finds by this tag where to deploy the service 'functions' of azure.yaml.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, {
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // Which of its identities DefaultAzureCredential takes.
      AZURE_CLIENT_ID: identityClientId
    })
  }

  // Deployments sign in with Microsoft Entra ID; the passwords of the publish profile are not needed. One change at a time: a site
  // refuses a second one while it is busy with the first.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
    dependsOn: [appSettings]
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
    dependsOn: [ftp]
  }
}

@description('The name of the Function App.')
output name string = app.name

@description('The base address of the functions; the dashboard takes it as its API endpoint, with /api.')
output url string = 'https://${app.properties.defaultHostName}'
