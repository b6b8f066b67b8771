@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the API.')
param apiName string

@description('The name of the subscription of the app.')
param subscriptionName string

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName

  resource api 'apis' existing = {
    name: apiName
  }
}

resource product 'Microsoft.ApiManagement/service/products@2024-05-01' = {
  parent: service
  name: 'contoso-web-api'
  properties: {
    displayName: 'Contoso Web API'
    description: 'The models, for the applications of Contoso Suites.'
    subscriptionRequired: true
    // Keys work for published products only. No group is given the product, so nobody but administrators can subscribe to it.
    state: 'published'
  }

  resource apiLink 'apiLinks' = {
    name: 'azure-openai'
    properties: {
      apiId: service::api.id
    }
  }
}

// The app has a key of its own, so that its tokens are counted, limited and cut off apart from everyone else's.
resource subscription 'Microsoft.ApiManagement/service/subscriptions@2024-05-01' = {
  parent: service
  name: subscriptionName
  properties: {
    displayName: 'Contoso Suites Functions'
    scope: product.id
    state: 'active'
    allowTracing: false
  }
}
