using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A request as the script looks at it.</summary>
internal sealed class DialogueTurn(ChatRequest request)
{
    /// <summary>What the person said, message by message.</summary>
    public IReadOnlyList<Utterance> Said { get; } =
    [
        .. from item in request.Messages.Index()
           where item.Item.Role is "user"
           let before = request.Messages.Take(item.Index).LastOrDefault(message => message is { Role: "assistant", Text.Length: > 0 })
           select new Utterance(item.Item.Text.Trim(), before?.Text ?? "", item.Index),
    ];

    /// <summary>What the calls of the conversation gave.</summary>
    public IReadOnlyList<ToolResult> Results { get; } =
    [
        .. from item in request.Messages.Index()
           where item.Item.Role is "tool"
           let call = request.Messages.Take(item.Index).SelectMany(message => message.ToolCalls).Last(call => call.Id == item.Item.ToolCallId)
           select new ToolResult(call.Name, ToolResult.Parse(call.Arguments) as JsonObject ?? [], item.Item.Text, item.Index),
    ];

    public IReadOnlyList<ToolDefinition> Tools { get; } = !request.ToolChoice.MayCall ? []
        : [.. request.Tools.Where(tool => request.ToolChoice.Function is not { } only || tool.Name == only)];

    public bool MustCallTool => request.ToolChoice.MustCall;

    /// <summary>The person's last message; empty where there is none.</summary>
    public string UserText => Said is [.., var last] ? last.Text : "";

    /// <summary>What the calls gave that were made since that message.</summary>
    public IReadOnlyList<ToolResult> NewResults => field ??= [.. Results.Where(result => result.Index > (Said is [.., var last] ? last.Index : -1))];

    public string SystemText => string.Join('\n', request.Messages.Where(message => message.Role is "system").Select(message => message.Text));

    /// <summary>
    /// The function that lists the things whose id a parameter takes: the one that is called after them, as <c>get_hotels</c> for
    /// <c>hotel_id</c>. Null where the parameter is no such id.
    /// </summary>
    public ToolDefinition? SourceOf(ToolParameter parameter) => parameter.NameWords.Contains("id")
        ? Tools.FirstOrDefault(tool => !tool.Parameters.Any(other => other.Required) && tool.NameWords.SetEquals(parameter.NameWords.Where(word => word != "id")))
        : null;

    /// <summary>The things whose id a parameter takes, as they were last listed; none where they were not.</summary>
    public IReadOnlyList<Entity> Known(ToolParameter parameter) => SourceOf(parameter) is not { } source ? []
        : Results.Where(result => result.Tool == source.Name).Select(result => result.Entities).LastOrDefault(list => list.Count > 0) ?? [];
}

/// <summary>A message of the person's, what the model had said before it, and where it stands in the conversation.</summary>
internal sealed partial record Utterance(string Text, string Before = "", int Index = 0)
{
    private readonly ILookup<bool, string> _sentences =
        SentenceEnd().Split(Text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0).ToLookup(Question().IsMatch);

    /// <summary>The sentences that say something, or ask for a deed.</summary>
    public IEnumerable<string> Statements => _sentences[false];

    public bool Asks => _sentences[true].Any();

    /// <summary>"Yes, save it": it agrees, and says nothing else.</summary>
    public bool Approves => Approval().IsMatch(Text);

    /// <summary>"Never mind": what was talked of is to be dropped.</summary>
    public bool Cancels => !Asks && Cancellation().IsMatch(Text);

    /// <summary>"No, the lamp flickers": what it says replaces what was said.</summary>
    public bool Corrects => Correction().IsMatch(Text);

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"^(?!\W*(?:can|could|would) you (?:please )?(?!tell|show|say|give|list|provide))"
        + @"(?:.*\?\W*$|\W*(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|would|show|list|tell|give)\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(
        @"^(?=.*\b(?:yes|yep|sure|ok|okay|correct|perfect|good|save|submit|ahead)\b)"
        + @"[^\w?]*(?:(?:yes|yep|sure|ok|okay|correct|perfect|good|save|submit|go|ahead|please|and|it|this|that|is|looks|now)\b[^\w?]*)+$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Approval();

    [GeneratedRegex(@"^\W*(?:please )?cancel\b|\bcancel (?:it|that|this)\b|\bnever ?mind\b|\bforget (?:about )?(?:it|that)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Cancellation();

    [GeneratedRegex(@"^\W*(?:no|not|sorry|actually)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Correction();
}

/// <summary>What a call gave, whatever its JSON looks like, and where that stands in the conversation.</summary>
internal sealed record ToolResult(string Tool, JsonObject Arguments, string Text, int Index)
{
    private readonly JsonNode? _json = Parse(Text);

    public IReadOnlyList<Entity> Entities => field ??= Entity.ReadAll(_json);

    public JsonArray? List => Values.OfType<JsonArray>().FirstOrDefault();

    /// <summary>Whether it did not do what it was called for: it only has a message, or says false of something.</summary>
    public bool Failed => Text.StartsWith("error", StringComparison.OrdinalIgnoreCase)
        || Values.Any(value => value?.GetValueKind() is JsonValueKind.False)
        || (Fields.Count > 0 && Values.All(value => value is null));

    public string Message => Fields.FirstOrDefault(pair => pair.Key is "message" or "error").Value?.ToString() ?? Text;

    /// <summary>The id of what it made; null where it names none.</summary>
    public string? Id => Fields.FirstOrDefault(pair => pair.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value?.ToString();

    private JsonObject Fields => _json as JsonObject ?? [];

    private IEnumerable<JsonNode?> Values => Fields.Where(pair => pair.Key is not ("message" or "error")).Select(pair => pair.Value);

    /// <summary>Reads JSON; null for any other text.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Describe(JsonNode? value) => value switch
    {
        JsonArray list => string.Join("; ", list.Select(Describe)),
        JsonObject fields => string.Join(", ", fields.Select(pair => $"{pair.Key}: {Describe(pair.Value)}")),
        _ => value?.ToString() ?? "none",
    };

    /// <summary>Tells the person of it: of named things those that were asked for, of a list that is somebody's how long it is.</summary>
    public string Tell(string question)
    {
        IReadOnlyList<Entity> wanted = Entity.Named(Entities, question) is { Count: > 0 } named ? named : Entities;
        JsonNode? date = Arguments.FirstOrDefault(pair => pair.Key.EndsWith("date", StringComparison.OrdinalIgnoreCase)).Value;
        return Failed ? $"That did not work. {Tool} says: {Message}"
            : wanted.Count > 0 ? $"I found {wanted.Count} of {Entities.Count}: {string.Join("; ", wanted.Select(entity => entity.Description))}."
            : List is { } list && question.Contains("how many", StringComparison.OrdinalIgnoreCase)
            ? $"{Values.OfType<JsonValue>().FirstOrDefault()} has {list.Count} {list.GetPropertyName().ToLowerInvariant()}{(date is null ? "" : $" from {date} on")}."
            : $"Here is what I found: {(_json is null ? Text : Describe(_json))}";
    }
}

/// <summary>A thing with a name that a function listed, such as a hotel, with what else was listed of it, such as its city.</summary>
internal sealed record Entity(JsonNode Id, string Name, IReadOnlyList<string> Facts)
{
    /// <summary>The word that stands for the name when it is not said in full: the longest, or the first of several.</summary>
    private readonly string _mark = Words.Plain(Words.In(Name).MaxBy(word => word.Length) ?? Name);

    public string Description => Facts.Count == 0 ? Name : $"{Name} ({string.Join(", ", Facts)})";

    /// <summary>Those that a text names, or else those of which it mentions another fact.</summary>
    public static IReadOnlyList<Entity> Named(IReadOnlyList<Entity> all, string text)
    {
        string plain = Words.Plain(text);
        Entity[] named = [.. all.Where(entity => plain.Contains(entity._mark, StringComparison.Ordinal))];
        return named.Length > 0 ? named : [.. all.Where(entity => entity.Facts.Any(fact => plain.Contains(Words.Plain(fact), StringComparison.Ordinal)))];
    }

    /// <summary>Reads a result: an array of objects with an id and a name. None for any other.</summary>
    public static IReadOnlyList<Entity> ReadAll(JsonNode? result)
    {
        Entity[] read = [.. (result as JsonArray ?? []).OfType<JsonObject>().Select(Read).OfType<Entity>()];
        return read.Length == (result as JsonArray)?.Count ? read : [];
    }

    private static Entity? Read(JsonObject fields)
    {
        JsonNode? id = fields.FirstOrDefault(field => field.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase)).Value;
        JsonValue[] texts = [.. fields.Select(field => field.Value).OfType<JsonValue>().Where(value => value != id && value.GetValueKind() is JsonValueKind.String)];
        JsonValue? name = texts.FirstOrDefault(text => text.GetPropertyName().EndsWith("name", StringComparison.OrdinalIgnoreCase));
        return id is null || name is null ? null : new Entity(id, name.GetValue<string>(), [.. texts.Where(text => text != name).Select(text => text.GetValue<string>())]);
    }
}
