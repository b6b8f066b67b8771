import { loggers } from 'api-management.bicep'

@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the API.')
param apiName string

@description('Whether prompts and answers are logged, and not only their token counts. Guests and staff write personal data: read "Security" in infra/README.md first.')
param logMessages bool

// The file that the local gateway reads as well.
var configuration = loadJsonContent('../gateway/diagnostics.json')
var headersOnly = {
  headers: configuration.requestHeaders
  body: {
    bytes: 0
  }
}
var nothing = {
  headers: []
  body: {
    bytes: 0
  }
}
var nothingOfIt = {
  request: nothing
  response: nothing
}
// An entry holds 32 KB; what is longer is split into several, with a sequence number.
var wholeMessages = {
  messages: 'all'
  maxSizeInBytes: 262144
}

resource service 'Microsoft.ApiManagement/service@2024-05-01' existing = {
  name: apiManagementName

  resource api 'apis' existing = {
    name: apiName
  }

  resource azureMonitorLogger 'loggers' existing = {
    name: loggers.azureMonitor
  }

  resource applicationInsightsLogger 'loggers' existing = {
    name: loggers.applicationInsights
  }
}

// What no API answers, a wrong path for instance: a row, and a request in Application Insights, with nothing of its headers or body.
resource ofTheService 'Microsoft.ApiManagement/service/diagnostics@2024-05-01' = [
  for logger in items(loggers): {
    parent: service
    name: logger.value
    properties: {
      loggerId: resourceId('Microsoft.ApiManagement/service/loggers', apiManagementName, logger.value)
      alwaysLog: 'allErrors'
      logClientIp: true
      verbosity: 'information'
      sampling: {
        samplingType: 'fixed'
        percentage: configuration.samplingPercentage
      }
      frontend: nothingOfIt
      backend: nothingOfIt
    }
  }
]

// What Log Analytics gets: a row a request with the calling function's header, the traces of the attempts, the tokens.
resource azureMonitor 'Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview' = {
  parent: service::api
  name: loggers.azureMonitor
  properties: {
    loggerId: service::azureMonitorLogger.id
    alwaysLog: 'allErrors'
    logClientIp: true
    verbosity: 'information'
    sampling: {
      samplingType: 'fixed'
      percentage: configuration.samplingPercentage
    }
    frontend: {
      request: headersOnly
      response: nothing
    }
    backend: nothingOfIt
    largeLanguageModel: union({ logs: 'enabled' }, logMessages ? { requests: wholeMessages, responses: wholeMessages } : {})
  }
}

// What Application Insights gets: the token metric, and requests that carry on the trace of the function.
resource applicationInsights 'Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview' = {
  parent: service::api
  name: loggers.applicationInsights
  properties: {
    loggerId: service::applicationInsightsLogger.id
    alwaysLog: 'allErrors'
    logClientIp: true
    verbosity: 'information'
    httpCorrelationProtocol: 'W3C'
    metrics: true
    sampling: {
      samplingType: 'fixed'
      percentage: configuration.samplingPercentage
    }
    frontend: nothingOfIt
    backend: nothingOfIt
  }
}
