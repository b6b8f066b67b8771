@description('The name of the API Management service.')
param apiManagementName string

var configuration = loadJsonContent('../gateway/api.json')

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

resource api 'Microsoft.ApiManagement/service/apis@2024-05-01' = {
  parent: service
  name: configuration.name
  properties: {
    displayName: configuration.displayName
    description: 'Chat completions and embeddings, served by several instances of Azure OpenAI.'
    path: configuration.path
    protocols: ['https']
    type: 'http'
    subscriptionRequired: true
    subscriptionKeyParameterNames: {
      header: configuration.subscriptionKeyHeader
      query: configuration.subscriptionKeyQuery
    }
  }

  // Every {name} in a template has to be declared as its parameter.
  resource operations 'operations' = [
    for operation in configuration.operations: {
      name: operation.name
      properties: {
        displayName: operation.displayName
        method: operation.method
        urlTemplate: operation.urlTemplate
        templateParameters: map(filter(split(operation.urlTemplate, '/'), segment => startsWith(segment, '{')), segment => {
          name: replace(replace(segment, '{', ''), '}', '')
          type: 'string'
          required: true
        })
      }
    }
  ]

  // The file is well-formed XML, as the local gateway wants it, so that expressions are escaped: 'xml', not 'rawxml'.
  resource policy 'policies' = {
    name: 'policy'
    properties: {
      format: 'xml'
      value: loadTextContent('../gateway/policy.xml')
    }
  }
}
