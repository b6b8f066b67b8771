using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Learns from a model's answer, while it passes by in pieces cut anywhere, which model it is of and what it took. The answer is
/// one JSON object, or a stream of server-sent events, each with an object on a line of its own, as models write them.
/// </summary>
internal sealed class ModelAnswerReader(bool isStream)
{
    // Far above any answer, and any event. What is longer is not waited for.
    private const int Longest = 16 * 1024 * 1024;

    private const int BytesPerToken = 4;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private int _events;

    /// <summary>Whether the answer comes as a stream of events.</summary>
    public bool IsStream => isStream;

    /// <summary>Whether the answer has said all: a stream's end is an event that is no object, <c>data: [DONE]</c>.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What the answer says of its usage; of several in a stream the last. Null when it says nothing.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>The model that the answer names; null when none.</summary>
    public string? Model { get; private set; }

    private static ReadOnlySpan<byte> Data => "data:"u8;

    public void Read(ReadOnlySpan<byte> piece)
    {
        while (isStream && piece.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end)
        {
            Keep(piece[..end]);
            EndLine();
            piece = piece[(end + 1)..];
        }

        Keep(piece);
    }

    /// <summary>Nothing comes any more. An object says something only when it is whole.</summary>
    public void End()
    {
        if (!isStream && !IsComplete)
        {
            Take(_kept.WrittenSpan);
        }

        IsComplete = true;
    }

    /// <summary>
    /// What a stream that does not tell it may have taken; null for an object. API Management estimates in a way that is not
    /// documented. Here a token is four bytes of the request, and one event of the answer.
    /// </summary>
    /// <param name="requestBytes">The length of the request's body.</param>
    public TokenUsage? Estimate(int requestBytes)
    {
        var prompt = (requestBytes + BytesPerToken - 1) / BytesPerToken;
        return isStream ? new TokenUsage(prompt, _events, prompt + _events) : null;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_kept.WrittenCount + piece.Length > Longest)
        {
            IsComplete = true;
        }
        else if (!IsComplete)
        {
            _kept.Write(piece);
        }
    }

    private void EndLine()
    {
        var line = _kept.WrittenSpan;
        if (line.StartsWith(Data) && line[Data.Length..].TrimStart((byte)' ') is { IsEmpty: false } json)
        {
            if (json[0] == '{')
            {
                Take(json);
                _events++;
            }
            else
            {
                IsComplete = true;
            }
        }

        _kept.ResetWrittenCount();
    }

    private void Take(ReadOnlySpan<byte> json)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(json, ModelAnswerContext.Default.ModelAnswer);
            Usage = answer.Usage is { IsSound: true } usage ? usage : Usage;
            Model = answer.Model is { Length: > 0 } model ? model : Model;
        }
        catch (JsonException)
        {
            // No answer of a model, or not all of one: it says nothing.
        }
    }
}

/// <summary>What an answer, or an event of it, says beside its content.</summary>
internal readonly record struct ModelAnswer(string? Model, TokenUsage? Usage);

/// <summary>The <c>usage</c> of a model's answer. An embedding has no completion, and some servers leave the sum out.</summary>
internal readonly record struct TokenUsage(int PromptTokens, int CompletionTokens, int TotalTokens)
{
    /// <summary>Prompt and completion.</summary>
    [JsonIgnore]
    public int Sum => TotalTokens > 0 ? TotalTokens : PromptTokens + CompletionTokens;

    /// <summary>Whether something can have used these numbers.</summary>
    [JsonIgnore]
    public bool IsSound => PromptTokens >= 0 && CompletionTokens >= 0 && TotalTokens >= 0 && Sum > 0;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelAnswer))]
internal sealed partial class ModelAnswerContext : JsonSerializerContext;
