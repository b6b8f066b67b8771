namespace ContosoSuites.Functions.Storage;

/// <summary>The settings below <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The section that they stand in.</summary>
    public const string Section = "Storage";

    /// <summary>The SQLite file; a relative path starts at the app's content root. It is created when it is missing.</summary>
    public string SqlitePath { get; set; } = "data/contoso-suites.db";
}
