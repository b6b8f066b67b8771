import { backendsFile } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The limits, and the values that the policy refers to.')
param backends backendsFile

// What policy.xml refers to as {{name}}: the same values as in the local gateway, from the same file.
var values = union(backends.namedValues, {
  'openai-attempt-timeout-seconds': string(backends.attemptTimeoutSeconds)
  'openai-tokens-per-minute': string(backends.tokenLimit.tokensPerMinute)
})

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

resource namedValues 'Microsoft.ApiManagement/service/namedValues@2024-05-01' = [
  for value in items(values): {
    parent: service
    name: value.key
    properties: {
      displayName: value.key
      value: value.value
      secret: false
    }
  }
]

resource answerFailure 'Microsoft.ApiManagement/service/policyFragments@2024-05-01' = {
  parent: service
  name: 'answer-failure'
  properties: {
    description: 'The answer to a request that no instance could serve.'
    format: 'xml'
    value: loadTextContent('../gateway/answer-failure.fragment.xml')
  }
  dependsOn: [namedValues]
}
