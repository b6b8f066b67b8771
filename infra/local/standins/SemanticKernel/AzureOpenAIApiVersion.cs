namespace Microsoft.SemanticKernel;

/// <summary>The API versions that the connector accepts; it refuses any other when the client is made.</summary>
internal static class AzureOpenAIApiVersion
{
    private const string Default = "2025-04-01-preview";

    private static readonly string[] Known =
    [
        "2024-06-01",
        "2024-08-01-preview",
        "2024-09-01-preview",
        "2024-10-01-preview",
        "2024-10-21",
        "2024-12-01-preview",
        "2025-01-01-preview",
        "2025-03-01-preview",
        Default,
    ];

    public static string Parse(string? version) => version is null
        ? Default
        : Known.FirstOrDefault(known => known.Equals(version.TrimStart('v', 'V').Replace('_', '-'), StringComparison.OrdinalIgnoreCase))
            ?? throw new NotSupportedException($"The service version '{version}' is not supported.");
}
