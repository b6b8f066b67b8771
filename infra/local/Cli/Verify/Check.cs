namespace ContosoSuites.Local.Cli.Verify;

/// <summary>One thing that a deployed system has to show.</summary>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="WhenItFails">Where to look when it does not.</param>
/// <param name="RunAsync">Looks.</param>
internal sealed record Check(string Name, string WhenItFails, Func<CancellationToken, Task<Finding>> RunAsync);

/// <summary>What came of a check.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What was seen, or why nothing was looked at.</param>
internal sealed record Finding(Outcome Outcome, string Text)
{
    public static Finding Passed(string text) => new(Outcome.Passed, text);

    public static Finding Failed(string text) => new(Outcome.Failed, text);

    public static Finding Skipped(string text) => new(Outcome.Skipped, text);
}

/// <summary>How a check can end.</summary>
internal enum Outcome
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>Nobody could, or should, look.</summary>
    Skipped,
}
