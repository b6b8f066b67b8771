namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>api.json: the API, which Bicep deploys from the same file. Its path is the one below the gateway's root.</summary>
internal sealed record ApiFile(
    string Name, string DisplayName, string Path, string SubscriptionKeyHeader, string SubscriptionKeyQuery, IReadOnlyList<OperationEntry> Operations);

/// <summary>An operation of the API. Its path is the one below the API's, with parameters in braces.</summary>
internal sealed record OperationEntry(string Name, string DisplayName, string Method, string UrlTemplate);
