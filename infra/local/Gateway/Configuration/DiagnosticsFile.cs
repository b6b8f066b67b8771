namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>diagnostics.json: what the gateway logs of a request, which Bicep deploys from the same file.</summary>
internal sealed record DiagnosticsFile
{
    /// <summary>The request headers whose values are logged.</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>How many of a hundred requests are logged; errors always are.</summary>
    public int SamplingPercentage { get; init; } = 100;

    /// <summary>Whether prompts and answers are logged, and not only their token counts.</summary>
    public bool LogMessages { get; init; }
}
