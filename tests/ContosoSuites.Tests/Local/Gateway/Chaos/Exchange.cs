using ContosoSuites.Tests.Local.Gateway.Support;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>One request of the traffic, seen from its caller.</summary>
internal sealed class Exchange(int number, Operation operation)
{
    public int Number => number;

    public Operation Operation => operation;

    /// <summary>Its place among the beginnings and ends of all requests.</summary>
    public int BegunAs { get; init; }

    /// <summary>The gateway's time when it began.</summary>
    public DateTimeOffset BegunAt { get; init; }

    public int EndedAs { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>What went wrong; null for a whole answer.</summary>
    public string? Outcome { get; set; } = "no end";
}
