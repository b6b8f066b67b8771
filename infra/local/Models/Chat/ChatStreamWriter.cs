using System.Text.Json;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Streams an answer event by event, in the order and shape of Azure OpenAI.</summary>
internal sealed class ChatStreamWriter(ModelExchange exchange, ChatAnswer answer, bool includeUsage, TimeSpan chunkDelay)
{
    private int _parts;

    public async ValueTask WriteAsync()
    {
        await exchange.BeginStreamAsync();
        await SendPromptFilterAsync();
        await SendRoleAsync();
        if (answer.Text is { } text)
        {
            await SendTextAsync("content", text);
        }

        if (answer.Refusal is { } refusal)
        {
            await SendTextAsync("refusal", refusal);
        }

        for (int index = 0; index < answer.ToolCalls.Count; index++)
        {
            await SendToolCallAsync(index, answer.ToolCalls[index]);
        }

        await SendFinishAsync();
        if (answer.AfterEnd is { } more)
        {
            await SendTextAsync("content", more);
        }

        if (includeUsage)
        {
            await SendUsageAsync();
        }

        await exchange.EndStreamAsync(answer.Usage);
    }

    private ValueTask SendPromptFilterAsync()
    {
        BeginChunk();
        exchange.Json.WriteStartArray("choices"u8);
        exchange.Json.WriteEndArray();
        ContentFilterResults.WriteForPrompt(exchange.Json);
        return EndChunkAsync();
    }

    private ValueTask SendRoleAsync()
    {
        BeginDelta();
        exchange.Json.WriteString("role"u8, "assistant"u8);
        if (answer.Text is null)
        {
            exchange.Json.WriteNull("content"u8);
        }
        else
        {
            exchange.Json.WriteString("content"u8, ""u8);
        }

        exchange.Json.WriteNull("refusal"u8);
        return EndDeltaAsync(null);
    }

    private async ValueTask SendTextAsync(string member, string text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = TextPieces.EndOfWord(text, start);
            await PauseAsync();
            BeginDelta();
            exchange.Json.WriteString(member, text.AsSpan(start, end - start));
            await EndDeltaAsync(null);
            start = end;
        }
    }

    private async ValueTask SendToolCallAsync(int index, ToolCall call)
    {
        await PauseAsync();
        BeginDelta();
        BeginToolCall(index);
        exchange.Json.WriteString("id"u8, call.Id);
        exchange.Json.WriteString("type"u8, "function"u8);
        exchange.Json.WriteStartObject("function"u8);
        exchange.Json.WriteString("name"u8, call.Name);
        exchange.Json.WriteString("arguments"u8, ""u8);
        await EndToolCallAsync();

        int start = 0;
        while (start < call.Arguments.Length)
        {
            int end = TextPieces.EndOfFragment(call.Arguments, start);
            await PauseAsync();
            BeginDelta();
            BeginToolCall(index);
            exchange.Json.WriteStartObject("function"u8);
            exchange.Json.WriteString("arguments"u8, call.Arguments.AsSpan(start, end - start));
            await EndToolCallAsync();
            start = end;
        }
    }

    private ValueTask SendFinishAsync()
    {
        BeginDelta();
        return EndDeltaAsync(answer.FinishReason);
    }

    private ValueTask SendUsageAsync()
    {
        BeginChunk();
        exchange.Json.WriteStartArray("choices"u8);
        exchange.Json.WriteEndArray();
        UsageWriter.Write(exchange.Json, answer.Usage);
        exchange.Json.WriteEndObject();
        return exchange.SendEventAsync(_parts++);
    }

    private async ValueTask PauseAsync()
    {
        if (chunkDelay > TimeSpan.Zero)
        {
            await Task.Delay(chunkDelay, exchange.TimeProvider, exchange.CancellationToken);
        }
    }

    private void BeginChunk()
    {
        Utf8JsonWriter json = exchange.Json;
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, answer.Created);
        json.WriteString("model"u8, answer.Model);
        json.WriteNull("system_fingerprint"u8);
    }

    private ValueTask EndChunkAsync()
    {
        if (includeUsage)
        {
            exchange.Json.WriteNull("usage"u8);
        }

        exchange.Json.WriteEndObject();
        return exchange.SendEventAsync(_parts++);
    }

    private void BeginDelta()
    {
        BeginChunk();
        exchange.Json.WriteStartArray("choices"u8);
        exchange.Json.WriteStartObject();
        exchange.Json.WriteNumber("index"u8, 0);
        exchange.Json.WriteStartObject("delta"u8);
    }

    private ValueTask EndDeltaAsync(string? finishReason)
    {
        Utf8JsonWriter json = exchange.Json;
        json.WriteEndObject();
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteNull("logprobs"u8);
        ContentFilterResults.Write(json);
        json.WriteEndObject();
        json.WriteEndArray();
        return EndChunkAsync();
    }

    private void BeginToolCall(int index)
    {
        exchange.Json.WriteStartArray("tool_calls"u8);
        exchange.Json.WriteStartObject();
        exchange.Json.WriteNumber("index"u8, index);
    }

    private ValueTask EndToolCallAsync()
    {
        exchange.Json.WriteEndObject();
        exchange.Json.WriteEndObject();
        exchange.Json.WriteEndArray();
        return EndDeltaAsync(null);
    }
}
