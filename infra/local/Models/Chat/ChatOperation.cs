using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

internal sealed class ChatOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private readonly RecentTools _recentTools = new();
    private readonly RateLimit _limit = new(options, timeProvider);

    public async ValueTask AnswerAsync(ModelExchange exchange)
    {
        ChatRequest request = await RequestJson.ReadAsync(exchange.Http.Request, body =>
        {
            exchange.CheckDeployment(body, options.ChatDeployment, options.EmbeddingDeployment);
            return ChatRequest.Read(body, _recentTools);
        });
        exchange.Admit(_limit);

        var answer = ChatAnswer.Create(request, DialogueModel.Reply(request), options.ChatModel, timeProvider.GetUtcNow());
        answer = exchange.Fault?.Change(answer) ?? answer;
        exchange.Charge(_limit, answer.Usage);
        var completion = new ChatCompletion(exchange, answer);
        await (request.Stream ? completion.StreamAsync(request.IncludeUsage, options.ChunkDelay) : completion.SendAsync());
    }
}

/// <summary>A reply with what the wire adds to it.</summary>
internal sealed record ChatAnswer(string Id, long Created, string Model, string? Text, ToolCall? Call, string? FinishReason, ModelUsage Usage)
{
    /// <summary>The refusal that a model says in place of a text.</summary>
    public string? Refusal { get; init; }

    /// <summary>What a stream says after its end.</summary>
    public string? AfterEnd { get; init; }

    public static ChatAnswer Create(ChatRequest request, DialogueReply reply, string model, DateTimeOffset now)
    {
        string text = reply.Text ?? "";
        string kept = request.MaxTokens is { } limit ? TokenCounter.Truncate(text, limit) : text;
        return new ChatAnswer(
            $"chatcmpl-{Guid.NewGuid():N}",
            now.ToUnixTimeSeconds(),
            model,
            reply.Call is null ? kept : null,
            reply.Call,
            reply.Call is not null ? "tool_calls" : kept.Length < text.Length ? "length" : "stop",
            new ModelUsage(request.PromptTokens, reply.Call?.Tokens ?? TokenCounter.Count(kept)));
    }
}

/// <summary>Puts an answer on the wire, in the order and shape of Azure OpenAI: in one piece, or event by event.</summary>
internal sealed partial class ChatCompletion(ModelExchange exchange, ChatAnswer answer)
{
    // What Azure's content filter says of every prompt and answer here.
    private static readonly JsonElement NothingFound = JsonElement.Parse(
        """{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},"sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}}""");

    private readonly Utf8JsonWriter _json = exchange.Json;

    public ValueTask SendAsync()
    {
        BeginObject("chat.completion"u8);
        WriteChoice("message", answer.FinishReason, answer.Call is { } call
            ? new { annotations = Array.Empty<object>(), content = answer.Text, refusal = answer.Refusal, role = "assistant", tool_calls = new[] { new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments } } } }
            : new { annotations = Array.Empty<object>(), content = answer.Text, refusal = answer.Refusal, role = "assistant" });
        WritePromptFilterResults();
        WriteUsage();
        _json.WriteEndObject();
        return exchange.SendResultAsync(answer.Usage);
    }

    /// <summary>Streams the answer, with a pause before each piece of it.</summary>
    public async ValueTask StreamAsync(bool includeUsage, TimeSpan pause)
    {
        await exchange.BeginStreamAsync();
        await SendAsync(WriteNoChoice, WritePromptFilterResults);
        await SendDeltaAsync(new { role = "assistant", content = answer.Text is null ? null : "", refusal = (object?)null });
        await SendPiecesAsync(Words(), answer.Text, piece => new { content = piece });
        await SendPiecesAsync(Words(), answer.Refusal, piece => new { refusal = piece });
        if (answer.Call is { } call)
        {
            await PauseAsync();
            await SendDeltaAsync(new { tool_calls = new[] { new { index = 0, id = call.Id, type = "function", function = new { name = call.Name, arguments = "" } } } });
            await SendPiecesAsync(Fragments(), call.Arguments, piece => new { tool_calls = new[] { new { index = 0, function = new { arguments = piece } } } });
        }

        await SendDeltaAsync(new { }, answer.FinishReason);
        await SendPiecesAsync(Words(), answer.AfterEnd, piece => new { content = piece });
        if (includeUsage)
        {
            await SendAsync(WriteNoChoice, WriteUsage);
        }

        await exchange.EndStreamAsync(answer.Usage);

        async ValueTask SendPiecesAsync(Regex pieces, string? text, Func<string, object> delta)
        {
            foreach (Match piece in pieces.Matches(text ?? ""))
            {
                await PauseAsync();
                await SendDeltaAsync(delta(piece.Value));
            }
        }

        ValueTask SendDeltaAsync(object delta, string? finishReason = null) => SendAsync(() => WriteChoice("delta", finishReason, delta));

        ValueTask SendAsync(Action writeChoice, Action? writeMore = null)
        {
            BeginObject("chat.completion.chunk"u8);
            writeChoice();
            writeMore?.Invoke();
            if (includeUsage && writeMore != WriteUsage)
            {
                // Until the last event tells it, each says that it does not.
                _json.WriteNull("usage"u8);
            }

            _json.WriteEndObject();
            return exchange.SendEventAsync();
        }

        ValueTask PauseAsync() => pause == TimeSpan.Zero ? default : new(Task.Delay(pause, exchange.TimeProvider, exchange.CancellationToken));
    }

    private void BeginObject(ReadOnlySpan<byte> kind)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, answer.Id);
        _json.WriteString("object"u8, kind);
        _json.WriteNumber("created"u8, answer.Created);
        _json.WriteString("model"u8, answer.Model);
        _json.WriteNull("system_fingerprint"u8);
    }

    private void WriteChoice(string member, string? finishReason, object value) => Write("choices", new[]
    {
        new Dictionary<string, object?>
        {
            ["index"] = 0,
            [member] = value,
            ["finish_reason"] = finishReason,
            ["logprobs"] = null,
            ["content_filter_results"] = NothingFound,
        },
    });

    private void WriteNoChoice() => Write("choices", Array.Empty<object>());

    private void WritePromptFilterResults() => Write("prompt_filter_results", new[] { new { prompt_index = 0, content_filter_results = NothingFound } });

    private void WriteUsage() => Write("usage", new
    {
        prompt_tokens = answer.Usage.PromptTokens,
        completion_tokens = answer.Usage.CompletionTokens,
        total_tokens = answer.Usage.TotalTokens,
        prompt_tokens_details = new { audio_tokens = 0, cached_tokens = 0 },
        completion_tokens_details = new { accepted_prediction_tokens = 0, audio_tokens = 0, reasoning_tokens = 0, rejected_prediction_tokens = 0 },
    });

    private void Write<T>(string member, T value)
    {
        _json.WritePropertyName(member);
        JsonSerializer.Serialize(_json, value);
    }

    /// <summary>The next word with the white space before it.</summary>
    [GeneratedRegex(@"\s*\S+|\s+")]
    private static partial Regex Words();

    /// <summary>A few characters, and never half of a surrogate pair.</summary>
    [GeneratedRegex(@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.){1,12}", RegexOptions.Singleline)]
    private static partial Regex Fragments();
}
