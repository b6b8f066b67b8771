import { instance } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The address of every instance by its name, with a slash at its end. An empty one keeps the instance out of the pools.')
param endpoints object

// The file that the local gateway reads: what the tests have seen is what is deployed.
var configuration = loadJsonContent('../gateway/backends.json')
var deployed = filter(configuration.instances, instance => !empty(endpoints[instance.name]))

// One backend an instance and deployment: the quota that throttles one deployment must not open the breaker of the other.
var members = flatten(map(configuration.deployments, deployment => map(deployed, instance => {
  name: '${instance.name}-${deployment.name}'
  description: '${deployment.name} of Azure OpenAI in ${instance.region}'
  endpoint: endpoints[instance.name]
})))

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

resource backends 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = [
  for backend in members: {
    parent: service
    name: backend.name
    properties: {
      description: backend.description
      type: 'Single'
      protocol: 'http'
      url: '${backend.endpoint}openai'
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

// The policy names the pools, whether they have one member or several.
resource pools 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = [
  for deployment in configuration.deployments: {
    parent: service
    name: deployment.pool
    properties: {
      description: '${deployment.name} of all Azure OpenAI instances'
      type: 'Pool'
      pool: {
        services: [
          for instance in deployed: {
            id: resourceId('Microsoft.ApiManagement/service/backends', apiManagementName, '${instance.name}-${deployment.name}')
            priority: instance.priority
            weight: instance.weight
          }
        ]
      }
    }
    dependsOn: [backends]
  }
]

@description('The instances in the pools.')
output instances instance[] = [
  for backend in deployed: {
    name: backend.name
    region: backend.region
    host: split(endpoints[backend.name], '/')[2]
    priority: backend.priority
    weight: backend.weight
  }
]
