namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>api.json: the API, which Bicep deploys from the same file.</summary>
/// <param name="Name">Its id.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Path">The path below the gateway's root.</param>
/// <param name="SubscriptionKeyHeader">The header that the subscription key comes in.</param>
/// <param name="SubscriptionKeyQuery">The query parameter that it may come in instead.</param>
/// <param name="Operations">What can be called.</param>
internal sealed record ApiFile(
    string Name, string DisplayName, string Path, string SubscriptionKeyHeader, string SubscriptionKeyQuery, IReadOnlyList<OperationEntry> Operations);

/// <summary>An operation of the API.</summary>
/// <param name="Name">Its id.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="UrlTemplate">The path below the API's, with parameters in braces.</param>
internal sealed record OperationEntry(string Name, string DisplayName, string Method, string UrlTemplate);
