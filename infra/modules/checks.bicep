// What the types can not say of the two files that people edit. A file that does not fit stops the deployment before it begins, with its
// name, the field and the reason; the local gateway says the same of backends.json at its start.

import { addresses, backendsFile, modelsFile } from 'types.bicep'

// A pool of API Management holds no more.
var mostInstances = 30

func require(checked object, complaints string[]) object => empty(filter(complaints, complaint => !empty(complaint))) ? checked : fail(join(filter(complaints, complaint => !empty(complaint)), ' '))

func repeated(names string[]) string[] => filter(names, (name, index) => indexOf(names, name) < index)

func complainOfCapacity(name string, capacity int) string => capacity < 1 ? 'infra/models.json: ${name}.capacity is ${capacity}; it must be 1 or more.' : ''

func complainOfRange(field string, value int, least int, most int) string => value < least || value > most ? 'infra/gateway/backends.json: ${field} is ${value}; it must be from ${least} to ${most}.' : ''

@export()
@description('The models, if they fit.')
func checkModels(models modelsFile) modelsFile => require(models, [
  complainOfCapacity('chat', models.chat.capacity)
  complainOfCapacity('embedding', models.embedding.capacity)
  models.chat.deployment == models.embedding.deployment ? 'infra/models.json: embedding.deployment is "${models.embedding.deployment}", which is that of chat as well.' : ''
  models.embedding.dimensions < 1 || models.embedding.dimensions > 4096 ? 'infra/models.json: embedding.dimensions is ${models.embedding.dimensions}; Cosmos DB indexes vectors of 1 to 4096 numbers.' : ''
])

@export()
@description('The backends, if they fit to each other and to the policy, which names the pools.')
func checkBackends(backends backendsFile, policy string) backendsFile => require(backends, concat(
  [
    complainOfRange('the number of instances', length(backends.instances), 1, mostInstances)
  ],
  map(repeated(map(backends.instances, instance => instance.name)), name => 'infra/gateway/backends.json: instances: the name "${name}" is used twice.'),
  map(backends.instances, instance => complainOfRange('the priority of ${instance.name}', instance.priority, 0, 100)),
  map(backends.instances, instance => complainOfRange('the weight of ${instance.name}', instance.weight, 1, 100)),
  map(repeated(map(backends.deployments, deployment => deployment.name)), name => 'infra/gateway/backends.json: deployments: the name "${name}" is used twice.'),
  map(repeated(map(backends.deployments, deployment => deployment.pool)), pool => 'infra/gateway/backends.json: deployments: the pool "${pool}" is used twice.'),
  map(backends.deployments, deployment => contains(policy, 'backend-id="${deployment.pool}"') ? '' : 'infra/gateway/backends.json: deployments: nobody uses ${deployment.name}, since infra/gateway/policy.xml does not name its pool "${deployment.pool}".')
))

@export()
@description('The given addresses, if they are those of instances that are deployed apart.')
func checkAddresses(given addresses, backends backendsFile) addresses => require(given, map(
  filter(objectKeys(given), name => !empty(given[name]) && !contains(map(skip(backends.instances, 1), instance => instance.name), name)),
  name => 'openAIEndpoints: "${name}" is none of the instances in infra/gateway/backends.json after the first one, which is deployed here: ${join(map(skip(backends.instances, 1), instance => instance.name), ', ')}.'
))

func partsOf(entry string) string[] => split(entry, ['=', '/'])

// Bicep has no patterns: what is left of a number without its digits and point is nothing. json() then refuses a second point.
func isNumber(text string) bool => !empty(text) && empty(reduce(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'], text, (rest, digit) => replace(string(rest), string(digit), '')))

func priceOf(entry string) string => length(partsOf(entry)) == 3 && isNumber(partsOf(entry)[1]) && isNumber(partsOf(entry)[2]) ? '"${partsOf(entry)[0]}":{"prompt":${partsOf(entry)[1]},"completion":${partsOf(entry)[2]}}' : fail('modelPrices: "${entry}" is no deployment with its prices, such as gpt-5.4-mini=0.825/4.95.')

@export()
@description('The prices by deployment, as the queries take them, if each entry has a name and two numbers.')
func checkPrices(prices string) object => json('{${join(map(filter(split(prices, ','), entry => !empty(trim(entry))), entry => priceOf(trim(entry))), ',')}}')
