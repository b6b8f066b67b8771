namespace ContosoSuites.Tests.Infra;

/// <summary>
/// What each evaluated resource of main.bicep has to have, and why, for a reviewer to tick. What a deployment derives (the token in names, the
/// subscription and group in ids) is left out: names have * for it, ids begin with their type.
/// </summary>
internal static class DeployedTable
{
    /// <summary>What there is nothing to say of but that they are there.</summary>
    public static readonly IReadOnlyList<string> Plain =
    [
        "Microsoft.Resources/resourceGroups",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
    ];

    /// <summary>What others hold, by type (* for any) and path.</summary>
    public static readonly IReadOnlyList<(string Type, string Path, string Where)> Elsewhere =
    [
        ("*", "properties.displayName", "Words for people."),
        ("*", "properties.description", "Words for people."),
        ("Microsoft.Authorization/roleAssignments", "properties.roleDefinitionId", "SecurityTests: each identity has these roles."),
        ("Microsoft.Authorization/roleAssignments", "properties.principalId", "SecurityTests: each identity has these roles."),
        ("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "properties.roleDefinitionId", "SecurityTests: the built-in contributor."),
        ("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "properties.principalId", "CosmosTests: the app, and the operator where there is one."),
        ("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "properties.resource.id", "CosmosTests: every container."),
        ("Microsoft.ApiManagement/service/policyFragments", "properties.value", "GatewayTests: the file."),
        ("Microsoft.ApiManagement/service/apis/policies", "properties.value", "GatewayTests: the file."),
        ("Microsoft.Insights/scheduledQueryRules", "properties.criteria.allOf.0.query", "AlertQueryTests run it."),
        ("Microsoft.Insights/workbooks", "properties.serializedData", "GatewayTests: the files."),
        ("Microsoft.Web/sites/config", "properties", "AppSettingsTests: the values of the sample."),
    ];

    /// <summary>The table.</summary>
    public static readonly IReadOnlyList<Expectation> Rows =
    [
        new("Microsoft.OperationalInsights/workspaces", "log-*", "properties.sku", """{"name":"PerGB2018"}""", "Paid by what is taken in; the tiers with a commitment begin at 100 GB a day."),
        new("Microsoft.OperationalInsights/workspaces", "log-*", "properties.retentionInDays", "30", "As many days as are free of charge."),
        new("Microsoft.OperationalInsights/workspaces", "log-*", "properties.workspaceCapping", """{"dailyQuotaGb":5}""", "A flood of logs is cut off, not paid."),
        new("Microsoft.OperationalInsights/workspaces", "log-*", "properties.features", """{"disableLocalAuth":true,"enableLogAccessUsingOnlyResourcePermissions":true}""", "No workspace key writes or reads; a role on a resource shows its rows."),

        new("Microsoft.Insights/components", "appi-*", "kind", "web", "What the portal shows requests for."),
        new("Microsoft.Insights/components", "appi-*", "properties", """{"Application_Type":"web","WorkspaceResourceId":"Microsoft.OperationalInsights/workspaces/log-*","DisableLocalAuth":true,"CustomMetricsOptedInType":"WithDimensions"}""", "Its data is in the one workspace, nobody writes with a key alone, and the token metric keeps its dimensions."),

        new("Microsoft.Authorization/roleAssignments", "*", "properties.principalType", "ServicePrincipal", "A new principal is found without waiting for the directory."),

        new("Microsoft.Storage/storageAccounts", "st*", "sku", """{"name":"Standard_LRS"}""", "The host keeps nothing there that could not be made anew."),
        new("Microsoft.Storage/storageAccounts", "st*", "kind", "StorageV2", "Flex Consumption asks for it."),
        new("Microsoft.Storage/storageAccounts", "st*", "properties", """{"allowSharedKeyAccess":false,"allowBlobPublicAccess":false,"defaultToOAuthAuthentication":true,"minimumTlsVersion":"TLS1_2","supportsHttpsTrafficOnly":true}""", "No key, nothing public, TLS 1.2 only."),

        new("Microsoft.KeyVault/vaults", "kv-*", "properties.tenantId", "00000000-0000-0000-0000-000000000000", "The deployment's own tenant."),
        new("Microsoft.KeyVault/vaults", "kv-*", "properties.sku", """{"family":"A","name":"standard"}""", "Secrets need no hardware."),
        new("Microsoft.KeyVault/vaults", "kv-*", "properties.enableRbacAuthorization", "true", "Roles say who reads, not access policies."),
        new("Microsoft.KeyVault/vaults", "kv-*", "properties.enableSoftDelete", "true", "A deleted secret can be had back."),
        new("Microsoft.KeyVault/vaults", "kv-*", "properties.softDeleteRetentionInDays", "7", "The shortest time, so that the name is free soon."),

        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "kind", "GlobalDocumentDB", "The API for NoSQL."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.databaseAccountOfferType", "Standard", "There is no other."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.locations", """[{"locationName":"swedencentral","failoverPriority":0,"isZoneRedundant":false}]""", "One region: serverless has one, and strong reads cost no time in it."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.capabilities", """[{"name":"EnableServerless"},{"name":"EnableNoSQLVectorSearch"}]""", "Paid by use, and vectors can be searched."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.consistencyPolicy", """{"defaultConsistencyLevel":"Strong"}""", "Any instance of the app takes the next turn, and must see the last."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.backupPolicy", """{"type":"Continuous","continuousModeProperties":{"tier":"Continuous7Days"}}""", "Back to any moment of the last week."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.disableLocalAuth", "true", "Identities only, no keys."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.disableKeyBasedMetadataWriteAccess", "true", "A key could not change containers even if there were one."),
        new("Microsoft.DocumentDB/databaseAccounts", "cosmos-*", "properties.minimalTlsVersion", "Tls12", "TLS 1.2 only."),

        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases", "ContosoSuites", "properties.resource", """{"id":"ContosoSuites"}""", "The name that the app is given."),

        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/hotel_id"],"version":2}""", "Lists and searches are of one hotel."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.vectorEmbeddingPolicy", """{"vectorEmbeddings":[{"path":"/request_vector","dataType":"float32","distanceFunction":"cosine","dimensions":1536}]}""", "Vectors of the deployed model, compared by their angle."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.indexingPolicy.includedPaths", """[{"path":"/*"}]""", "Filters may name any field."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/\"_etag\"/?"},{"path":"/request_vector/*"}]""", "The numbers of a vector would make every write dear."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.indexingPolicy.compositeIndexes", """[[{"path":"/date","order":"ascending"},{"path":"/id","order":"ascending"}]]""", "Pages, newest first, and the pending ones, oldest first."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "MaintenanceRequests", "properties.resource.indexingPolicy.vectorIndexes", """[{"path":"/request_vector","type":"diskANN"}]""", "Neighbours without comparing all."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "*", "properties.resource.indexingPolicy.indexingMode", "consistent", "A query sees what was written before it."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "*", "properties.resource.indexingPolicy.automatic", "true", "Every item is indexed."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Conversations", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/id"],"version":2}""", "A conversation is read by its id."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Conversations", "properties.resource.defaultTtl", "86400", "A conversation ends a day after its last turn."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Conversations", "properties.resource.indexingPolicy.includedPaths", """[{"path":"/last_turn/?"}]""", "Expired ones are found by their last turn."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Conversations", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/*"}]""", "What nobody asks for costs no write."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "IdempotencyKeys", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/id"],"version":2}""", "A key is there once in all."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "IdempotencyKeys", "properties.resource.defaultTtl", "-1", "A repetition may come at any time."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "IdempotencyKeys", "properties.resource.indexingPolicy.includedPaths", "[]", "Nobody asks but by the key."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "IdempotencyKeys", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/*"}]""", "What nobody asks for costs no write."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Hotels", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/id"],"version":2}""", "A hotel is read by its id."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Hotels", "properties.resource.defaultTtl", "-1", "Hotels stay."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Hotels", "properties.resource.indexingPolicy.includedPaths", """[{"path":"/hotelID/?"}]""", "The list is in this order."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Hotels", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/*"}]""", "What nobody asks for costs no write."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Bookings", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/hotelID"],"version":2}""", "Bookings are those of a hotel."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Bookings", "properties.resource.defaultTtl", "-1", "Bookings stay."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Bookings", "properties.resource.indexingPolicy.includedPaths", """[{"path":"/hotelID/?"},{"path":"/stayBeginDate/?"}]""", "They are asked for by hotel and day."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "Bookings", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/*"}]""", "What nobody asks for costs no write."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "BackendDistribution", "properties.resource.partitionKey", """{"kind":"Hash","paths":["/day"],"version":2}""", "Hours of a day are read together."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "BackendDistribution", "properties.resource.defaultTtl", "7776000", "As long as the app keeps it: 90 days."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "BackendDistribution", "properties.resource.indexingPolicy.includedPaths", """[{"path":"/hour/?"}]""", "Ranges are of hours."),
        new("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers", "BackendDistribution", "properties.resource.indexingPolicy.excludedPaths", """[{"path":"/*"}]""", "What nobody asks for costs no write."),

        new("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "*", "properties.scope", "Microsoft.DocumentDB/databaseAccounts/cosmos-*", "The data of this account and of no other."),

        new("Microsoft.ApiManagement/service", "apim-*", "sku", """{"name":"BasicV2","capacity":1}""", "The least tier that has circuit breakers and pools; one unit."),
        new("Microsoft.ApiManagement/service", "apim-*", "identity", """{"type":"SystemAssigned"}""", "The models and Application Insights know the gateway itself, without a key."),
        new("Microsoft.ApiManagement/service", "apim-*", "properties.publisherName", "Contoso Suites", "Who answers for the APIs."),
        new("Microsoft.ApiManagement/service", "apim-*", "properties.publisherEmail", "operator@example.com", "Who is told of what happens to it."),
        new("Microsoft.ApiManagement/service", "apim-*", "properties.restore", "false", "A new service, unless somebody asks for the deleted one."),

        new("Microsoft.ApiManagement/service/loggers", "applicationinsights", "properties", """{"loggerType":"applicationInsights","resourceId":"Microsoft.Insights/components/appi-*","credentials":{"connectionString":"[reference('Microsoft.Insights/components/appi-*', '2020-02-02').ConnectionString]","identityClientId":"systemAssigned"}}""", "By the gateway's own identity."),
        new("Microsoft.ApiManagement/service/loggers", "azuremonitor", "properties", """{"loggerType":"azureMonitor","isBuffered":false}""", "Rows go out as they come."),

        new("Microsoft.Insights/diagnosticSettings", "log-analytics", "properties", """{"workspaceId":"Microsoft.OperationalInsights/workspaces/log-*","logAnalyticsDestinationType":"Dedicated","logs":[{"category":"GatewayLogs","enabled":true},{"category":"GatewayLlmLogs","enabled":true}]}""", "Both tables that the queries ask, as tables of their own (Dedicated), in the one workspace."),

        new("Microsoft.CognitiveServices/accounts", "oai-*", "sku", """{"name":"S0"}""", "There is no other."),
        new("Microsoft.CognitiveServices/accounts", "oai-*", "kind", "OpenAI", "Azure OpenAI."),
        new("Microsoft.CognitiveServices/accounts", "oai-*", "properties", """{"customSubDomainName":"oai-*","disableLocalAuth":true,"publicNetworkAccess":"Enabled"}""", "Tokens, no keys, which need a host name of its own; API Management of this tier calls from outside."),

        new("Microsoft.CognitiveServices/accounts/deployments", "gpt-5.4-mini", "sku", """{"name":"DataZoneStandard","capacity":50}""", "Prompts stay in the data zone; what the quota grants."),
        new("Microsoft.CognitiveServices/accounts/deployments", "gpt-5.4-mini", "properties.model", """{"format":"OpenAI","name":"gpt-5.4-mini","version":"2026-03-17"}""", "The pinned version, the same on every instance."),
        new("Microsoft.CognitiveServices/accounts/deployments", "text-embedding-3-small", "sku", """{"name":"DataZoneStandard","capacity":50}""", "Texts stay in the data zone; what the quota grants."),
        new("Microsoft.CognitiveServices/accounts/deployments", "text-embedding-3-small", "properties.model", """{"format":"OpenAI","name":"text-embedding-3-small","version":"1"}""", "The pinned version: other vectors can not be compared with the stored ones."),
        new("Microsoft.CognitiveServices/accounts/deployments", "*", "properties.versionUpgradeOption", "NoAutoUpgrade", "Instances do not drift apart."),

        new("Microsoft.ApiManagement/service/backends", "openai-*-*", "properties.type", "Single", "One backend an instance and deployment."),
        new("Microsoft.ApiManagement/service/backends", "openai-*-*", "properties.protocol", "http", "REST."),
        new("Microsoft.ApiManagement/service/backends", "openai-*-*", "properties.tls", """{"validateCertificateChain":true,"validateCertificateName":true}""", "Certificates are checked."),
        new("Microsoft.ApiManagement/service/backends", "openai-*-*", "properties.credentials", """{"managedIdentity":{"resource":"https://cognitiveservices.azure.com"}}""", "The gateway's own identity, no key."),
        new("Microsoft.ApiManagement/service/backends", "openai-*-*", "properties.circuitBreaker", """{"rules":[{"name":"openai-breaker","failureCondition":{"count":1,"interval":"PT10S","statusCodeRanges":[{"min":408,"max":408},{"min":429,"max":429},{"min":499,"max":500},{"min":502,"max":504}]},"tripDuration":"PT10S","acceptRetryAfter":true}]}""", "One failure of these statuses opens it, for 10 s or for Retry-After."),
        new("Microsoft.ApiManagement/service/backends", "openai-secondary-*", "properties.url", "https://second.openai.azure.com/openai", "Where the instance is that was given."),
        new("Microsoft.ApiManagement/service/backends", "openai-primary-*", "properties.url", "[uri(reference('Microsoft.CognitiveServices/accounts/oai-*', '2025-06-01').endpoint, 'openai')]", "Where the first instance will be."),
        new("Microsoft.ApiManagement/service/backends", "openai-chat", "properties.type", "Pool", "A pool."),
        new("Microsoft.ApiManagement/service/backends", "openai-chat", "properties.pool", """{"services":[{"id":"Microsoft.ApiManagement/service/apim-*/backends/openai-primary-chat","priority":1,"weight":50},{"id":"Microsoft.ApiManagement/service/apim-*/backends/openai-secondary-chat","priority":1,"weight":50}]}""", "Both instances, in one group, half each."),
        new("Microsoft.ApiManagement/service/backends", "openai-embeddings", "properties.type", "Pool", "A pool."),
        new("Microsoft.ApiManagement/service/backends", "openai-embeddings", "properties.pool", """{"services":[{"id":"Microsoft.ApiManagement/service/apim-*/backends/openai-primary-embeddings","priority":1,"weight":50},{"id":"Microsoft.ApiManagement/service/apim-*/backends/openai-secondary-embeddings","priority":1,"weight":50}]}""", "Both instances, in one group, half each."),

        new("Microsoft.ApiManagement/service/namedValues", "openai-attempt-timeout-seconds", "properties.value", "60", "Three attempts fit into the app's call."),
        new("Microsoft.ApiManagement/service/namedValues", "openai-tokens-per-minute", "properties.value", "50000", "Seven draft turns of the copilot a minute."),
        new("Microsoft.ApiManagement/service/namedValues", "openai-trip-seconds", "properties.value", "10", "As long as the breaker is open."),
        new("Microsoft.ApiManagement/service/namedValues", "*", "properties.secret", "false", "None is."),

        new("Microsoft.ApiManagement/service/policyFragments", "answer-failure", "properties.format", "xml", "Escaped XML, as the local gateway reads it."),

        new("Microsoft.ApiManagement/service/apis", "azure-openai", "properties.path", "openai", "Clients of Azure OpenAI put it there."),
        new("Microsoft.ApiManagement/service/apis", "azure-openai", "properties.protocols", """["https"]""", "No key goes over plain HTTP."),
        new("Microsoft.ApiManagement/service/apis", "azure-openai", "properties.type", "http", "REST."),
        new("Microsoft.ApiManagement/service/apis", "azure-openai", "properties.subscriptionRequired", "true", "Nobody without a key."),
        new("Microsoft.ApiManagement/service/apis", "azure-openai", "properties.subscriptionKeyParameterNames", """{"header":"api-key","query":"subscription-key"}""", "As clients of Azure OpenAI send it."),

        new("Microsoft.ApiManagement/service/apis/operations", "chat-completions", "properties", """{"displayName":"Creates a chat completion","method":"POST","urlTemplate":"/deployments/{deployment-id}/chat/completions","templateParameters":[{"name":"deployment-id","type":"string","required":true}]}""", "What the chat client calls."),
        new("Microsoft.ApiManagement/service/apis/operations", "embeddings", "properties", """{"displayName":"Creates embeddings","method":"POST","urlTemplate":"/deployments/{deployment-id}/embeddings","templateParameters":[{"name":"deployment-id","type":"string","required":true}]}""", "What the embedding generator calls."),

        new("Microsoft.ApiManagement/service/apis/policies", "policy", "properties.format", "xml", "Escaped XML, as the local gateway reads it."),

        new("Microsoft.ApiManagement/service/diagnostics", "applicationinsights", "properties.loggerId", "Microsoft.ApiManagement/service/apim-*/loggers/applicationinsights", "The destination of that name."),
        new("Microsoft.ApiManagement/service/diagnostics", "azuremonitor", "properties.loggerId", "Microsoft.ApiManagement/service/apim-*/loggers/azuremonitor", "The destination of that name."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.alwaysLog", "allErrors", "A failure is logged whatever the sampling."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.logClientIp", "true", "Callers can be told apart."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.verbosity", "information", "The traces of the attempts are of this level."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.sampling", """{"samplingType":"fixed","percentage":100}""", "Every request: shares and tokens are counted."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.frontend.response", """{"headers":[],"body":{"bytes":0}}""", "Nothing of answers."),
        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.backend", """{"request":{"headers":[],"body":{"bytes":0}},"response":{"headers":[],"body":{"bytes":0}}}""", "Nothing of what the models get and say."),

        new("Microsoft.ApiManagement/service/apis/diagnostics", "applicationinsights", "properties.loggerId", "Microsoft.ApiManagement/service/apim-*/loggers/applicationinsights", "The destination of that name."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor", "properties.loggerId", "Microsoft.ApiManagement/service/apim-*/loggers/azuremonitor", "The destination of that name."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.alwaysLog", "allErrors", "A failure is logged whatever the sampling."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.logClientIp", "true", "Callers can be told apart."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.verbosity", "information", "The traces of the attempts are of this level."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.sampling", """{"samplingType":"fixed","percentage":100}""", "Every request: shares and tokens are counted."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.frontend.response", """{"headers":[],"body":{"bytes":0}}""", "Nothing of answers."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "*", "properties.backend", """{"request":{"headers":[],"body":{"bytes":0}},"response":{"headers":[],"body":{"bytes":0}}}""", "Nothing of what the models get and say."),

        new("Microsoft.ApiManagement/service/diagnostics", "*", "properties.frontend.request", """{"headers":[],"body":{"bytes":0}}""", "Nothing of requests that no API takes."),

        new("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor", "properties.frontend.request", """{"headers":["x-contoso-function","traceparent"],"body":{"bytes":0}}""", "The calling function and the trace, no body."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "azuremonitor", "properties.largeLanguageModel", """{"logs":"enabled"}""", "Token counts, no messages."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "applicationinsights", "properties.frontend.request", """{"headers":[],"body":{"bytes":0}}""", "Nothing of requests."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "applicationinsights", "properties.httpCorrelationProtocol", "W3C", "The function's trace goes on."),
        new("Microsoft.ApiManagement/service/apis/diagnostics", "applicationinsights", "properties.metrics", "true", "Without it no token metric is sent."),

        new("Microsoft.ApiManagement/service/products", "contoso-web-api", "properties.subscriptionRequired", "true", "Nobody without a key."),
        new("Microsoft.ApiManagement/service/products", "contoso-web-api", "properties.state", "published", "Keys of unpublished products do not work."),

        new("Microsoft.ApiManagement/service/products/apiLinks", "azure-openai", "properties.apiId", "Microsoft.ApiManagement/service/apim-*/apis/azure-openai", "The product is for this API."),

        new("Microsoft.ApiManagement/service/subscriptions", "contoso-suites-functions", "properties.scope", "Microsoft.ApiManagement/service/apim-*/products/contoso-web-api", "The app's key opens the product, not all APIs."),
        new("Microsoft.ApiManagement/service/subscriptions", "contoso-suites-functions", "properties.state", "active", "The key works at once."),
        new("Microsoft.ApiManagement/service/subscriptions", "contoso-suites-functions", "properties.allowTracing", "false", "Traces would show what is sent to the models."),

        new("Microsoft.KeyVault/vaults/secrets", "api-management-key", "properties", """{"contentType":"API Management subscription key","value":"[listSecrets('Microsoft.ApiManagement/service/apim-*/subscriptions/contoso-suites-functions', '2024-05-01').primaryKey]"}""", "The primary key of the app's own subscription, read within the deployment."),

        new("Microsoft.Web/serverfarms", "plan-*", "sku", """{"name":"FC1","tier":"FlexConsumption"}""", "Flex Consumption: paid by use, Linux."),
        new("Microsoft.Web/serverfarms", "plan-*", "kind", "functionapp", "For functions."),
        new("Microsoft.Web/serverfarms", "plan-*", "properties", """{"reserved":true}""", "Linux."),

        new("Microsoft.Web/sites", "func-*", "kind", "functionapp,linux", "A Function App on Linux."),
        new("Microsoft.Web/sites", "func-*", "identity", """{"type":"UserAssigned","userAssignedIdentities":{"Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*":{}}}""", "The user-assigned identity, whose roles stand before the first start."),
        new("Microsoft.Web/sites", "func-*", "properties.serverFarmId", "Microsoft.Web/serverfarms/plan-*", "On the plan of its own."),
        new("Microsoft.Web/sites", "func-*", "properties.httpsOnly", "true", "No key goes over plain HTTP."),
        new("Microsoft.Web/sites", "func-*", "properties.keyVaultReferenceIdentity", "Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*", "It is this identity that may read the vault; by default the app would use one that it does not have."),
        new("Microsoft.Web/sites", "func-*", "properties.siteConfig", """{"minTlsVersion":"1.2"}""", "TLS 1.2 only."),
        new("Microsoft.Web/sites", "func-*", "properties.functionAppConfig.deployment", """{"storage":{"type":"blobContainer","value":"[format('{0}{1}', reference('Microsoft.Storage/storageAccounts/st*', '2024-01-01').primaryEndpoints.blob, 'app-package')]","authentication":{"type":"UserAssignedIdentity","userAssignedIdentityResourceId":"Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*"}}}""", "The package is read by identity."),
        new("Microsoft.Web/sites", "func-*", "properties.functionAppConfig.runtime", """{"name":"dotnet-isolated","version":"10.0"}""", "What the app is built for."),
        new("Microsoft.Web/sites", "func-*", "properties.functionAppConfig.scaleAndConcurrency", """{"maximumInstanceCount":40,"instanceMemoryMB":2048,"triggers":{"http":{"perInstanceConcurrency":250}}}""", "A bound on the cost; and as many requests an instance as was measured."),

        new("Microsoft.Web/sites/config", "appsettings", "properties.ApiManagement__Endpoint", "[reference('Microsoft.ApiManagement/service/apim-*', '2024-05-01').gatewayUrl]", "The gateway."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.ApiManagement__ApiKey", "[format('@Microsoft.KeyVault(SecretUri={0})', reference('Microsoft.KeyVault/vaults/kv-*/secrets/api-management-key', '2024-11-01').secretUri)]", "Read from the vault, whatever version is current."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.BackendDistribution__Backends", "[join(createArray(format('{0}={1}', 'openai-primary', split(reference('Microsoft.CognitiveServices/accounts/oai-*', '2025-06-01').endpoint, '/')[2]), 'openai-secondary=second.openai.azure.com'), ',')]", "The instances by the hosts that the logs name."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.CosmosDB__AccountEndpoint", "[reference('Microsoft.DocumentDB/databaseAccounts/cosmos-*', '2025-04-15').documentEndpoint]", "The data."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.CosmosDB__DatabaseName", "ContosoSuites", "The database that is deployed."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.CosmosDB__MaintenanceRequestsContainerName", "MaintenanceRequests", "The container that is deployed."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.Http__MaxConcurrentRequests", "500", "Twice what the platform sends: what comes beyond is refused."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.LogAnalytics__WorkspaceId", "[reference('Microsoft.OperationalInsights/workspaces/log-*', '2025-02-01').customerId]", "As the query API knows the workspace."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.AzureWebJobsStorage__accountName", "st*", "Where the host keeps its timers."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.AzureWebJobsStorage__credential", "managedidentity", "Without a key."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.AzureWebJobsStorage__clientId", "[reference('Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*', '2024-11-30').clientId]", "Which of the identities."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.APPLICATIONINSIGHTS_CONNECTION_STRING", "[reference('Microsoft.Insights/components/appi-*', '2020-02-02').ConnectionString]", "Where telemetry goes."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "[format('ClientId={0};Authorization=AAD', reference('Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*', '2024-11-30').clientId)]", "By the identity: local authentication is off."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.AZURE_CLIENT_ID", "[reference('Microsoft.ManagedIdentity/userAssignedIdentities/id-functions-*', '2024-11-30').clientId]", "Which of the identities."),
        new("Microsoft.Web/sites/config", "appsettings", "properties.AzureOpenAI__Prices", "", "No cost is shown before somebody has set prices."),

        new("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "*", "properties.allow", "false", "Deployments sign in."),

        new("Microsoft.Insights/actionGroups", "models-alerts", "properties.enabled", "true", "Alerts are told."),
        new("Microsoft.Insights/actionGroups", "models-alerts", "properties.groupShortName", "models", "What a message is called."),
        new("Microsoft.Insights/actionGroups", "models-alerts", "properties.emailReceivers", """[{"name":"operator","emailAddress":"operator@example.com","useCommonAlertSchema":true}]""", "Whoever was named."),

        new("Microsoft.Insights/scheduledQueryRules", "models-all-throttled", "properties.severity", "1", "Callers are refused: an error."),
        new("Microsoft.Insights/scheduledQueryRules", "models-all-throttled", "properties.windowSize", "PT30M", "Rows come up to half an hour late."),
        new("Microsoft.Insights/scheduledQueryRules", "models-all-throttled", "properties.evaluationFrequency", "PT5M", "Told within minutes."),
        new("Microsoft.Insights/scheduledQueryRules", "models-skewed", "properties.severity", "2", "Nobody is refused yet: a warning."),
        new("Microsoft.Insights/scheduledQueryRules", "models-skewed", "properties.windowSize", "PT1H", "Skew is judged over an hour."),
        new("Microsoft.Insights/scheduledQueryRules", "models-skewed", "properties.evaluationFrequency", "PT15M", "A share does not change by the minute."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "kind", "LogAlert", "Of the logs."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.enabled", "true", "They run."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.scopes", """["Microsoft.OperationalInsights/workspaces/log-*"]""", "The workspace that the gateway writes to."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.skipQueryValidation", "true", "The tables come with their first rows."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.autoMitigate", "true", "It ends by itself."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.criteria.allOf.0.timeAggregation", "Count", "Rows are counted."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.criteria.allOf.0.operator", "GreaterThan", "Any row is one too many."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.criteria.allOf.0.threshold", "0", "Any row is one too many."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.criteria.allOf.0.failingPeriods", """{"numberOfEvaluationPeriods":1,"minFailingPeriodsToAlert":1}""", "At the first evaluation that finds one."),
        new("Microsoft.Insights/scheduledQueryRules", "*", "properties.actions", """{"actionGroups":["Microsoft.Insights/actionGroups/models-alerts"]}""", "Whoever was named is told."),

        new("Microsoft.Insights/workbooks", "*", "kind", "shared", "For all who may see the workspace."),
        new("Microsoft.Insights/workbooks", "*", "properties.category", "workbook", "Found under Workbooks."),
        new("Microsoft.Insights/workbooks", "*", "properties.sourceId", "Microsoft.OperationalInsights/workspaces/log-*", "Opened from the workspace."),
        new("Microsoft.Insights/workbooks", "*", "properties.version", "Notebook/1.0", "The format."),
    ];

    /// <summary>A row of the table.</summary>
    /// <param name="Type">The resources' type.</param>
    /// <param name="Name">Their names: * stands for whatever.</param>
    /// <param name="Path">Where in them.</param>
    /// <param name="Value">What stands there: a text, or JSON.</param>
    /// <param name="Why">What for.</param>
    internal sealed record Expectation(string Type, string Name, string Path, string Value, string Why);
}
