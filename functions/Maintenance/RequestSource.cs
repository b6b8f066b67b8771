namespace ContosoSuites.Functions.Maintenance;

/// <summary>Who reports that something needs repair.</summary>
internal static class RequestSource
{
    /// <summary>The values that a source can have.</summary>
    public static readonly IReadOnlyList<string> All = ["staff", "customer", "inspector"];

    /// <summary>The source in its stored form, or null when it is none.</summary>
    public static string? Parse(string? source) => All.FirstOrDefault(known => string.Equals(known, source?.Trim(), StringComparison.OrdinalIgnoreCase));
}
