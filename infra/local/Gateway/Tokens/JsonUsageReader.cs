namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>Reads an answer that is one JSON object. What it says counts once the object is complete.</summary>
internal sealed class JsonUsageReader : IUsageReader
{
    private readonly ModelAnswerScanner _scanner = new();

    public TokenUsage? Usage => IsComplete ? _scanner.Usage : null;

    public string? Model => _scanner.Model;

    public bool IsComplete => _scanner.IsComplete;

    public bool IsStream => false;

    public TokenUsage? Estimate(int requestBytes) => null;

    public void Read(ReadOnlySpan<byte> piece) => _scanner.Scan(piece);
}
