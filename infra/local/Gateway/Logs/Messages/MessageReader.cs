using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Logs.Messages;

/// <summary>Finds the messages in the bodies of a model call. A body that is not what it should be has none.</summary>
internal static class MessageReader
{
    private const string EndOfStream = "[DONE]";

    /// <summary>The messages of a chat, or the texts to embed.</summary>
    public static IReadOnlyList<LoggedMessage> ReadRequest(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        if (root.TryGetProperty("messages", out var messages))
        {
            return [.. messages.EnumerateArray().Select(ReadMessage)];
        }

        return !root.TryGetProperty("input", out var input) ? []
            : input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray().Select(text => new LoggedMessage(null, TextOf(text)))]
            : [new LoggedMessage(null, TextOf(input))];
    });

    /// <summary>The messages of an answer; none for embeddings.</summary>
    public static IReadOnlyList<LoggedMessage> ReadResponse(ReadOnlyMemory<byte> body, string codings, bool isStream)
    {
        using var bytes = new MemoryStream();
        try
        {
            using var unpacked = ContentCodings.TryUnpack(codings, new MemoryStream(body.ToArray(), writable: false));
            unpacked?.CopyTo(bytes);
        }
        catch (InvalidDataException)
        {
            // What came before can still be read.
        }

        bytes.Position = 0;
        return isStream ? ReadStream(bytes) : Read(bytes.ToArray(), ReadChoices);
    }

    private static IReadOnlyList<LoggedMessage> ReadChoices(JsonElement root) => root.TryGetProperty("choices", out var choices)
        ? [.. choices.EnumerateArray().Select(choice => ReadMessage(choice.GetProperty("message")))]
        : [];

    private static IReadOnlyList<LoggedMessage> ReadStream(Stream stream)
    {
        var text = new StringBuilder();
        foreach (var item in SseParser.Create(stream, static (_, data) => data.ToArray()).Enumerate())
        {
            if (item.Data.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(EndOfStream)))
            {
                break;
            }

            foreach (var piece in Read(item.Data, ReadDeltas))
            {
                text.Append(piece.Content);
            }
        }

        return text.Length == 0 ? [] : [new LoggedMessage("assistant", text.ToString())];
    }

    private static IReadOnlyList<LoggedMessage> ReadDeltas(JsonElement chunk) => chunk.TryGetProperty("choices", out var choices)
        ? [.. choices.EnumerateArray().Where(choice => choice.TryGetProperty("delta", out _)).Select(choice => ReadMessage(choice.GetProperty("delta")))]
        : [];

    private static LoggedMessage ReadMessage(JsonElement message)
    {
        var role = message.TryGetProperty("role", out var value) ? value.GetString() : null;
        if (message.TryGetProperty("content", out var content) && content.ValueKind != JsonValueKind.Null)
        {
            return new LoggedMessage(role, TextOf(content));
        }

        return new LoggedMessage(role, message.TryGetProperty("tool_calls", out var calls) ? calls.GetRawText() : "");
    }

    private static string TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static IReadOnlyList<LoggedMessage> Read(ReadOnlyMemory<byte> json, Func<JsonElement, IReadOnlyList<LoggedMessage>> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }
}
