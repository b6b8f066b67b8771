@description('Where prompts are processed: DataZoneStandard within the data zone of the instance, GlobalStandard anywhere. Nothing narrower is offered for these models.')
type modelSku = 'DataZoneStandard' | 'GlobalStandard'

@sealed()
@description('A model deployment. Its name, model and version have to be the same on every instance, because the gateway sends a call to any of them.')
type modelDeployment = {
  @description('The name that the app asks for: AzureOpenAI:DeploymentName.')
  deployment: string

  @description('The model, of the publisher OpenAI.')
  model: string

  @description('The version of the model. It is not upgraded on its own, or the instances would drift apart.')
  version: string

  @description('The day on which Azure retires that version, as yyyy-MM-dd.')
  retires: string

  @description('Where prompts are processed.')
  sku: modelSku

  @description('Thousands of tokens per minute that this deployment may take from the quota of its region.')
  capacity: int
}

@sealed()
@description('An embedding deployment: a model deployment whose answers have a length.')
type embeddingDeployment = {
  @description('The name that the app asks for: AzureOpenAI:EmbeddingDeploymentName.')
  deployment: string

  @description('The model, of the publisher OpenAI.')
  model: string

  @description('The version of the model.')
  version: string

  @description('The day on which Azure retires that version, as yyyy-MM-dd.')
  retires: string

  @description('Where texts are processed.')
  sku: modelSku

  @description('Thousands of tokens per minute that this deployment may take from the quota of its region.')
  capacity: int

  @description('The length of its vectors. The stored vectors and the vector index have it too, so that another length means a new container.')
  dimensions: int
}

@export()
@sealed()
@description('The deployments that every instance has; infra/models.json by default.')
type modelsFile = {
  @description('The model that the chat and the copilot ask.')
  chat: modelDeployment

  @description('The model that makes vectors.')
  embedding: embeddingDeployment
}

@sealed()
@description('An Azure OpenAI instance, as infra/gateway/backends.json names it.')
type instanceEntry = {
  @description('Its name, with which those of its backends begin.')
  name: string

  @description('Its region.')
  region: string

  @description('The group that it belongs to in each pool; lower numbers come first.')
  priority: int

  @description('Its share of the requests of its group, relative to the others.')
  weight: int

  @description('What a simulated instance in its place does wrong. Nothing in Azure looks at it.')
  fault: object?
}

@sealed()
@description('A model deployment as the gateway knows it: each instance has a backend of its own for it.')
type deploymentEntry = {
  @description('What follows the name of the instance in those of its backends.')
  name: string

  @description('The pool of these backends, which the policy names.')
  pool: string
}

@sealed()
@description('Status codes, both ends included.')
type statusCodeRange = {
  @description('The first.')
  min: int

  @description('The last.')
  max: int
}

@sealed()
@description('The rule of the circuit breaker of every backend.')
type circuitBreakerEntry = {
  @description('The name of the rule.')
  name: string

  @description('How many failures trip it.')
  failureCount: int

  @description('Within what time, as an ISO 8601 duration.')
  interval: string

  @description('For how long, likewise.')
  tripDuration: string

  @description('Whether a Retry-After says instead for how long.')
  acceptRetryAfter: bool

  @description('What counts as a failure.')
  statusCodeRanges: statusCodeRange[]
}

@export()
@sealed()
@description('infra/gateway/backends.json, which the local gateway reads as well.')
type backendsFile = {
  @description('The instances. The first one is deployed with everything else.')
  instances: instanceEntry[]

  @description('The deployments that each of them has.')
  deployments: deploymentEntry[]

  @description('How long an attempt waits for the headers of a response.')
  attemptTimeoutSeconds: int

  @description('When a backend is left out, and for how long.')
  circuitBreaker: circuitBreakerEntry

  @description('What {{name}} in a policy stands for.')
  namedValues: {
    @description('The value of that name.')
    *: string
  }

  @description('How many tokens a subscription may use.')
  tokenLimit: {
    @description('In a minute.')
    tokensPerMinute: int
  }
}

@export()
@description('An instance in the pools of the gateway.')
type instance = {
  @description('Its name, as in infra/gateway/backends.json.')
  name: string

  @description('Its region, as in infra/gateway/backends.json.')
  region: string

  @description('The host that it answers on, by which the logs of the gateway tell the instances apart.')
  host: string

  @description('The group that it belongs to; lower numbers come first.')
  priority: int

  @description('Its share of the requests of its group, relative to the others.')
  weight: int
}

@export()
@description('The address of every instance by its name. An empty one keeps the instance out of the pools.')
type addresses = {
  @description('The address of the instance of that name.')
  *: string
}
