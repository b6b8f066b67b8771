import { addresses, backendsFile, instance } from 'types.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The instances, their deployments and the circuit breaker.')
param backends backendsFile

@description('The address of the first instance.')
param firstEndpoint string

@description('The addresses of the others by their names. Without one an instance is in no pool.')
param otherEndpoints addresses

// The first address is known only once the instance stands, so that it must not say which ones there are: a preview would stop here.
var deployed = filter(backends.instances, (instance, index) => index == 0 || !empty(otherEndpoints[?instance.name]))
var endpoints = union(otherEndpoints, { '${backends.instances[0].name}': firstEndpoint })

// One backend an instance and deployment: the quota that throttles one deployment must not open the breaker of the other.
var backendsOfPools = flatten(map(backends.deployments, deployment => map(deployed, instance => {
  name: '${instance.name}-${deployment.name}'
  description: '${deployment.name} of Azure OpenAI in ${instance.region}'
  url: uri(endpoints[instance.name], 'openai')
})))

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName
}

resource members 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = [
  for backend in backendsOfPools: {
    parent: service
    name: backend.name
    properties: {
      description: backend.description
      type: 'Single'
      protocol: 'http'
      url: backend.url
      tls: {
        validateCertificateChain: true
        validateCertificateName: true
      }
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
            name: backends.circuitBreaker.name
            failureCondition: {
              count: backends.circuitBreaker.failureCount
              interval: backends.circuitBreaker.interval
              statusCodeRanges: backends.circuitBreaker.statusCodeRanges
            }
            tripDuration: backends.circuitBreaker.tripDuration
            acceptRetryAfter: backends.circuitBreaker.acceptRetryAfter
          }
        ]
      }
    }
  }
]

// The policy names the pools, whether they have one member or several.
resource pools 'Microsoft.ApiManagement/service/backends@2024-06-01-preview' = [
  for deployment in backends.deployments: {
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
    dependsOn: [members]
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
