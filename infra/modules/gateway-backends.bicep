import { instance } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The address of every instance by the name of its backend, with a slash at its end. An empty one keeps the backend out of the pool.')
param endpoints object

// The file that the local gateway reads: what the tests have seen is what is deployed.
var configuration = loadJsonContent('../gateway/backends.json')
var deployed = filter(configuration.backends, backend => !empty(endpoints[backend.name]))

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

resource backends 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = [
  for backend in deployed: {
    parent: service
    name: backend.name
    properties: {
      description: 'Azure OpenAI in ${backend.region}'
      type: 'Single'
      protocol: 'http'
      url: '${endpoints[backend.name]}openai'
      credentials: {
        // The identity of the service itself. The service knows the property, its published type does not.
        #disable-next-line BCP037
        managedIdentity: {
          resource: 'https://cognitiveservices.azure.com'
        }
      }
      circuitBreaker: {
        rules: [
          {
            name: configuration.circuitBreaker.name
            failureCondition: {
              count: configuration.circuitBreaker.failureCount
              interval: configuration.circuitBreaker.interval
              statusCodeRanges: configuration.circuitBreaker.statusCodeRanges
            }
            tripDuration: configuration.circuitBreaker.tripDuration
            acceptRetryAfter: configuration.circuitBreaker.acceptRetryAfter
          }
        ]
      }
    }
  }
]

// The policy names the pool, whether it has one member or several.
resource pool 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = {
  parent: service
  name: configuration.pool
  properties: {
    description: 'All Azure OpenAI instances'
    type: 'Pool'
    pool: {
      services: [
        for (backend, i) in deployed: {
          id: backends[i].id
          priority: backend.priority
          weight: backend.weight
        }
      ]
    }
  }
}

@description('The name of the pool.')
output poolName string = pool.name

@description('The instances in the pool.')
output instances instance[] = [
  for backend in deployed: {
    name: backend.name
    region: backend.region
    host: split(endpoints[backend.name], '/')[2]
    priority: backend.priority
    weight: backend.weight
  }
]
