@description('The name of the API Management service.')
param apiManagementName string

@description('The name of the API.')
param apiName string

@description('The name of the logger that writes to Log Analytics.')
param azureMonitorLoggerName string

@description('The name of the logger that writes to Application Insights.')
param applicationInsightsLoggerName string

@description('Whether prompts and answers are logged, and not only their token counts. Guests and staff write personal data: read "Security" in the README first.')
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
    name: azureMonitorLoggerName
  }

  resource applicationInsightsLogger 'loggers' existing = {
    name: applicationInsightsLoggerName
  }
}

// What Log Analytics gets: a row a request with the calling function's header, the traces of the attempts, the tokens.
resource azureMonitor 'Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview' = {
  parent: service::api
  name: 'azuremonitor'
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
    backend: {
      request: nothing
      response: nothing
    }
    largeLanguageModel: {
      logs: 'enabled'
      requests: logMessages ? wholeMessages : null
      responses: logMessages ? wholeMessages : null
    }
  }
}

// What Application Insights gets: the token metric, and requests that carry on the trace of the function.
resource applicationInsights 'Microsoft.ApiManagement/service/apis/diagnostics@2024-06-01-preview' = {
  parent: service::api
  name: 'applicationinsights'
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
    frontend: {
      request: nothing
      response: nothing
    }
    backend: {
      request: nothing
      response: nothing
    }
  }
}
