namespace ContosoSuites.Local.Cli.Verify;

/// <summary>What is verified, and how thoroughly.</summary>
internal sealed record VerifyOptions
{
    /// <summary>Where the app is.</summary>
    public required Uri App { get; init; }

    /// <summary>A function key; null where the app asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>The Log Analytics workspace to ask; null for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>Whether a maintenance request may be saved.</summary>
    public bool Write { get; init; }

    /// <summary>Whether the rows are printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>How many numbers an embedding has.</summary>
    public required int Dimensions { get; init; }

    /// <summary>How long the collected figures may take to reach the calls.</summary>
    public TimeSpan LogTime { get; init; } = TimeSpan.FromMinutes(15);
}
