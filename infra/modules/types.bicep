@export()
@description('A model deployment. Its name, model and version have to be the same on every instance, because the gateway sends a call to any of them.')
type modelDeployment = {
  @description('The name that the app asks for: AzureOpenAI:DeploymentName or AzureOpenAI:EmbeddingDeploymentName.')
  deployment: string

  @description('The model, of the publisher OpenAI.')
  model: string

  @description('The version of the model. It is not upgraded on its own, or the instances would drift apart.')
  version: string

  @description('Where prompts are processed: GlobalStandard anywhere, DataZoneStandard within the data zone, Standard within the region of the instance.')
  sku: 'GlobalStandard' | 'DataZoneStandard' | 'Standard'

  @description('Thousands of tokens per minute that this deployment may take from the quota of its region.')
  @minValue(1)
  capacity: int
}

@export()
@description('An embedding deployment: a model deployment whose answers have a length.')
type embeddingDeployment = {
  deployment: string
  model: string
  version: string
  sku: 'GlobalStandard' | 'DataZoneStandard' | 'Standard'

  @minValue(1)
  capacity: int

  @description('The length of its vectors. The stored vectors and the vector index have it too, so that another length means a new container.')
  @minValue(1)
  @maxValue(4096)
  dimensions: int
}

@export()
@description('The deployments that every instance has; infra/models.json by default.')
type models = {
  chat: modelDeployment
  embedding: embeddingDeployment
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

  priority: int
  weight: int
}
