namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>api.json: the API, which Bicep deploys from the same file.</summary>
internal sealed record ApiFile
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>The path below the gateway's root.</summary>
    public required string Path { get; init; }

    public required string SubscriptionKeyHeader { get; init; }

    public required string SubscriptionKeyQuery { get; init; }

    public required IReadOnlyList<OperationEntry> Operations { get; init; }
}
