using System.Text.Json;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Answers chat completion requests.</summary>
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

    private static readonly object PromptFilterResults = new[] { new { prompt_index = 0, content_filter_results = NothingFound } };

    public ValueTask SendAsync()
    {
        var message = new Dictionary<string, object?> { ["annotations"] = Array.Empty<object>(), ["content"] = answer.Text, ["refusal"] = answer.Refusal, ["role"] = "assistant" };
        if (answer.Call is { } call)
        {
            message["tool_calls"] = new[] { new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments } } };
        }

        return exchange.SendResultAsync(
            new
            {
                choices = new[]
                {
                    new { content_filter_results = NothingFound, finish_reason = answer.FinishReason, index = 0, logprobs = (object?)null, message },
                },
                created = answer.Created,
                id = answer.Id,
                model = answer.Model,
                @object = "chat.completion",
                prompt_filter_results = PromptFilterResults,
                system_fingerprint = (object?)null,
                usage = Usage(answer.Usage),
            },
            answer.Usage);
    }

    /// <summary>Streams the answer.</summary>
    /// <param name="includeUsage">Whether the stream ends with the tokens used.</param>
    /// <param name="pause">The pause before each piece of it.</param>
    public async ValueTask StreamAsync(bool includeUsage, TimeSpan pause)
    {
        var chunk = new Dictionary<string, object?>
        {
            ["id"] = answer.Id,
            ["object"] = "chat.completion.chunk",
            ["created"] = answer.Created,
            ["model"] = answer.Model,
            ["system_fingerprint"] = null,
            ["choices"] = Array.Empty<object>(),
            ["prompt_filter_results"] = PromptFilterResults,
        };
        if (includeUsage)
        {
            // Until the last chunk tells it, each says that it does not.
            chunk["usage"] = null;
        }

        await exchange.BeginStreamAsync();
        await exchange.SendEventAsync(chunk);
        chunk.Remove("prompt_filter_results");
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
            (chunk["choices"], chunk["usage"]) = (Array.Empty<object>(), Usage(answer.Usage));
            await exchange.SendEventAsync(chunk);
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

        ValueTask SendDeltaAsync(object delta, string? finishReason = null)
        {
            chunk["choices"] = new[] { new { index = 0, delta, finish_reason = finishReason, logprobs = (object?)null, content_filter_results = NothingFound } };
            return exchange.SendEventAsync(chunk);
        }

        ValueTask PauseAsync() => pause == TimeSpan.Zero ? default : new(Task.Delay(pause, exchange.TimeProvider, exchange.CancellationToken));
    }

    private static object Usage(ModelUsage usage) => new
    {
        prompt_tokens = usage.PromptTokens,
        completion_tokens = usage.CompletionTokens,
        total_tokens = usage.TotalTokens,
        prompt_tokens_details = new { audio_tokens = 0, cached_tokens = 0 },
        completion_tokens_details = new { accepted_prediction_tokens = 0, audio_tokens = 0, reasoning_tokens = 0, rejected_prediction_tokens = 0 },
    };

    /// <summary>The next word with the white space before it.</summary>
    [GeneratedRegex(@"\s*\S+|\s+")]
    private static partial Regex Words();

    /// <summary>A few characters, and never half of a surrogate pair.</summary>
    [GeneratedRegex(@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.){1,12}", RegexOptions.Singleline)]
    private static partial Regex Fragments();
}
