using System.Buffers;
using System.Text.Json;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Finds <c>usage</c> and <c>model</c> in a JSON object that passes by in pieces, cut anywhere. Only a value that a piece has
/// cut is kept until the rest of it comes.
/// </summary>
internal sealed class ModelAnswerScanner
{
    // Far above any text or vector of an answer. A longer value is not waited for.
    private const int LongestValue = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _cut = new();
    private JsonReaderState _state;
    private Member _member;
    private int _prompt;
    private int _completion;
    private int _total;

    private enum Member
    {
        Other,
        Model,
        Usage,
        PromptTokens,
        CompletionTokens,
        TotalTokens,
    }

    /// <summary>The usage, once the document is complete; null until then, and when it tells none.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>The model's name; null when there is none.</summary>
    public string? Model { get; private set; }

    /// <summary>Whether what is read is an object.</summary>
    public bool IsObject { get; private set; }

    /// <summary>Whether the document has been read to its end, or can not be read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        _cut.ResetWrittenCount();
        _state = default;
        _member = Member.Other;
        _prompt = _completion = _total = 0;
        Usage = null;
        Model = null;
        IsObject = false;
        IsComplete = false;
    }

    /// <summary>Goes on with the next piece.</summary>
    public void Scan(ReadOnlySpan<byte> piece)
    {
        if (IsComplete)
        {
            return;
        }

        try
        {
            if (_cut.WrittenCount == 0)
            {
                Keep(piece[Read(piece)..]);
            }
            else
            {
                _cut.Write(piece);
                var rest = _cut.WrittenSpan[Read(_cut.WrittenSpan)..].ToArray();
                _cut.ResetWrittenCount();
                Keep(rest);
            }
        }
        catch (JsonException)
        {
            IsComplete = true;
        }
    }

    private int Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, _state);
        while (!IsComplete && reader.Read())
        {
            Take(ref reader);
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > LongestValue)
        {
            IsComplete = true;
        }
        else if (!IsComplete)
        {
            _cut.Write(rest);
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType, reader.CurrentDepth)
        {
            case (JsonTokenType.StartObject, 0):
                IsObject = true;
                break;
            case (JsonTokenType.EndObject, 0):
                Usage = new TokenUsage(_prompt, _completion, _total) is { IsSound: true } usage ? usage : null;
                IsComplete = true;
                break;
            case (_, 0):
                IsComplete = true;
                break;
            case (JsonTokenType.PropertyName, 1):
                _member = reader.ValueTextEquals("usage"u8) ? Member.Usage : reader.ValueTextEquals("model"u8) ? Member.Model : Member.Other;
                break;
            case (JsonTokenType.String, 1) when _member == Member.Model:
                Model = reader.GetString();
                break;
            case (JsonTokenType.StartArray, 1):
                _member = Member.Other;
                break;
            case (JsonTokenType.PropertyName, 2) when _member >= Member.Usage:
                _member = reader.ValueTextEquals("prompt_tokens"u8) ? Member.PromptTokens
                    : reader.ValueTextEquals("completion_tokens"u8) ? Member.CompletionTokens
                    : reader.ValueTextEquals("total_tokens"u8) ? Member.TotalTokens
                    : Member.Usage;
                break;
            case (JsonTokenType.Number, 2) when _member > Member.Usage:
                Count(_member) = reader.TryGetInt32(out var tokens) ? tokens : -1;
                break;
            default:
                break;
        }
    }

    private ref int Count(Member member)
    {
        switch (member)
        {
            case Member.PromptTokens:
                return ref _prompt;
            case Member.CompletionTokens:
                return ref _completion;
            default:
                return ref _total;
        }
    }
}
