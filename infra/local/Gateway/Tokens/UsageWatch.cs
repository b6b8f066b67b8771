using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Watches a model's answer on its way to the caller. What it tells of its usage is counted before the caller can have the
/// answer's end, so that whoever has an answer finds it counted.
/// </summary>
internal sealed class UsageWatch
{
    // How long an answer's headers wait, at most, for the usage that two of them tell.
    private const int LongestWait = 1024 * 1024;

    private readonly PolicyExecution _execution;
    private readonly IUsageReader _reader;
    private readonly bool _headersWait;
    private long _seen;
    private bool _spent;

    private UsageWatch(PolicyExecution execution, IUsageReader reader)
    {
        _execution = execution;
        _reader = reader;
        _headersWait = !reader.IsStream && execution.Tokens.HasHeaders;
    }

    /// <summary>Whether the answer is a stream of events.</summary>
    public bool IsOfStream => _reader.IsStream;

    /// <summary>
    /// Whether the answer's headers have to wait. Those of a stream never do: they leave before the model has said a word.
    /// </summary>
    public bool HoldsHeaders => _headersWait && !_reader.IsComplete && _seen < LongestWait;

    /// <summary>A watch over the response of <paramref name="execution"/>; null when it is no answer of a model, or can not be read.</summary>
    public static UsageWatch? Over(PolicyExecution execution)
    {
        var response = execution.Response!;
        if (!response.IsOfBackend || response.StatusCode is < 200 or > 299)
        {
            return null;
        }

        var type = execution.ResponseHeaders.ContentType.ToString().AsSpan();
        type = type[..(type.IndexOf(';') is >= 0 and var end ? end : type.Length)].Trim();
        IUsageReader? reader = type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? new JsonUsageReader()
            : type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) ? new EventStreamUsageReader()
            : null;
        if (reader is not null && execution.ResponseHeaders.ContentEncoding is { Count: > 0 } codings)
        {
            reader = CompressedUsageReader.Over(reader, codings.ToString());
        }

        return reader is null ? null : new UsageWatch(execution, reader);
    }

    /// <summary>Looks at the next piece, which has not gone to the caller yet.</summary>
    public void Observe(ReadOnlySpan<byte> piece)
    {
        if (_spent)
        {
            return;
        }

        _seen += piece.Length;
        _reader.Read(piece);
        if (_reader.IsComplete)
        {
            End(isWhole: true);
        }
    }

    /// <summary>
    /// The answer has ended. When it broke off, what it has told still counts, as the model has used it; there is no estimate
    /// of what nobody has told.
    /// </summary>
    public void End(bool isWhole)
    {
        if (_spent)
        {
            return;
        }

        _spent = true;
        if ((_reader.Usage ?? (isWhole ? _reader.Estimate(_execution.Request.Content.Length) : null)) is { } usage)
        {
            _execution.Tokens.Spend(usage, _reader.Model, _reader.IsStream);
        }

        (_reader as IDisposable)?.Dispose();
    }
}
