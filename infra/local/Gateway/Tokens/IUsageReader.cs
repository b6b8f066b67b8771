namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>Learns from a model's answer, while it passes by in pieces, what it took.</summary>
internal interface IUsageReader
{
    /// <summary>What the answer says of its usage so far; null when nothing.</summary>
    public TokenUsage? Usage { get; }

    /// <summary>The model that the answer names; null when none.</summary>
    public string? Model { get; }

    /// <summary>Whether the answer has said all.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether the answer comes as a stream of events.</summary>
    public bool IsStream { get; }

    /// <summary>What the answer may have taken when it does not say; null for one that can not be estimated.</summary>
    /// <param name="requestBytes">The length of the request's body.</param>
    public TokenUsage? Estimate(int requestBytes);

    /// <summary>Looks at the next piece.</summary>
    public void Read(ReadOnlySpan<byte> piece);
}
