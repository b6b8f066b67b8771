using System.Net.Http.Headers;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Watches a model's answer on its way to the caller. What it tells of its usage is counted before the caller can have the
/// answer's end, so that whoever has an answer finds it counted.
/// </summary>
internal sealed class UsageWatch(PolicyExecution execution, ModelAnswerReader reader)
{
    // How long an answer's headers wait, at most, for the usage that two of them tell.
    private const int LongestWait = 1024 * 1024;

    private readonly bool _headersWait = !reader.IsStream && execution.Tokens.HasHeaders;
    private long _seen;
    private bool _spent;

    public bool IsOfStream => reader.IsStream;

    /// <summary>Whether the answer's headers have to wait. Those of a stream never do: they leave before the model has said a word.</summary>
    public bool HoldsHeaders => _headersWait && !_spent && _seen < LongestWait;

    /// <summary>A watch over the response of <paramref name="execution"/>; null when it is no answer of a model, or can not be read.</summary>
    public static UsageWatch? Over(PolicyExecution execution)
    {
        var response = execution.Response!;
        if (response.Message is null || response.StatusCode is < 200 or > 299 || execution.ResponseHeaders.ContentEncoding.Count > 0)
        {
            return null;
        }

        _ = MediaTypeHeaderValue.TryParse(execution.ResponseHeaders.ContentType.ToString(), out var type);
        return type?.MediaType?.ToLowerInvariant() switch
        {
            "application/json" => new UsageWatch(execution, new ModelAnswerReader(isStream: false)),
            "text/event-stream" => new UsageWatch(execution, new ModelAnswerReader(isStream: true)),
            _ => null,
        };
    }

    /// <summary>Looks at the next piece, which has not gone to the caller yet.</summary>
    public void Observe(ReadOnlySpan<byte> piece)
    {
        if (_spent)
        {
            return;
        }

        _seen += piece.Length;
        reader.Read(piece);
        if (reader.IsComplete)
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
        reader.End();
        if ((reader.Usage ?? (isWhole ? reader.Estimate(execution.Request.Content.Length) : null)) is { } usage)
        {
            execution.Tokens.Spend(usage, reader.Model, reader.IsStream);
        }
    }
}
