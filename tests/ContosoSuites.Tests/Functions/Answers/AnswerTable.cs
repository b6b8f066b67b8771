using ContosoSuites.Functions.Storage;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Matrix;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>What becomes of every answer that a model, or the gateway in its place, can give. The tests run every row, and the table in the documentation is this one.</summary>
internal static class AnswerTable
{
    private const string Said = "We have fourteen hotels.";
    private const string Unfinished = "I could not finish that in one go. Please tell me again what you need.";
    private const string Bookings = "Hotels_get_bookings_for_hotel";

    public static IReadOnlyList<AnswerRow> Rows { get; } =
    [
        new("`stop`, with text", Outcome.Reply(Said)) { Fault = new AnswerFault(Said, "stop") },
        new("`stop`, with a refusal", new(200, "I can not help with that.", Refused: true)) { Fault = new AnswerFault(null, "stop", "I can not help with that.") },
        new("`stop`, with nothing", new(502, "The model said nothing.")) { Fault = new AnswerFault(null, "stop") },
        new("`stop`, with an empty text", new(502, "The model said nothing.")) { Fault = new AnswerFault("", "stop") },
        new("`length`, with text", new(502, "The model's answer was cut off by its length limit.", Said)) { Fault = new AnswerFault(Said, "length") },
        new("`length`, with nothing: all tokens went into reasoning", new(502, "The model's answer was cut off by its length limit.")) { Fault = new AnswerFault(null, "length") },
        new("`length`, in the middle of a tool's call", new(502, "The model's answer was cut off by its length limit.")) { Fault = new AnswerFault(null, "length", Tool: Bookings, Arguments: """{"hotel_""") },
        new("`content_filter`, with text", new(400, "The model's answer was cut off by the content filter.", Said)) { Fault = new AnswerFault(Said, "content_filter") },
        new("`content_filter`, with nothing", new(400, "The model's answer was cut off by the content filter.")) { Fault = new AnswerFault(null, "content_filter") },
        new("an unknown finish reason, with text", new(502, "The model's answer was cut off for an unknown reason (eos).", Said)) { Fault = new AnswerFault(Said, "eos") },
        new("an unknown finish reason, with nothing", new(502, "The model's answer was cut off for an unknown reason (eos).")) { Fault = new AnswerFault(null, "eos") },
        new("no finish reason, with text", new(502, "The model's answer broke off.", Said)) { Fault = new AnswerFault(Said) },
        new("no finish reason, with nothing", new(502, "The model's answer broke off.")) { Fault = new AnswerFault() },
        new("`stop`, and then more of the stream", Outcome.Reply(Said)) { Fault = new AnswerFault(Said, "stop", AfterEnd: "Or fifteen."), Stream = new(502, "The model's answer went on after its end.", Said) },
        new("the call of a tool that reads, with the store down", new(503, "The data store is not available.")) { Fault = new AnswerFault(null, "tool_calls", Tool: "Hotels_get_hotels"), StoreFailure = new StorageUnavailableException(StorageProblem.Full, "The disk is full.") },
        new("a tool's call with `1.0` for an integer", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":1.0}""") },
        new("with `\"1\"`", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":"1"}""") },
        new("with a text for an integer", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":"the first"}"""), Told = "hotel_id has to be an integer." },
        new("with `null`", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":null}"""), Told = "hotel_id is missing." },
        new("with a number that is no integer", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":1.5}"""), Told = "hotel_id has to be an integer." },
        new("without an argument that it needs", Outcome.Reply(null)) { Fault = Once("{}"), Told = "hotel_id is missing." },
        new("with broken JSON", Outcome.Reply(null)) { Fault = Once("""{"hotel_id":"""), Told = "the arguments of Hotels_get_bookings_for_hotel are not a JSON object." },
        new("of a tool that does not exist", Outcome.Reply(null)) { Fault = Once("{}", "Hotels_sell"), Told = "Requested function \"Hotels_sell\" not found." },
        new("of a tool with an impossible name", Outcome.Reply(null)) { Fault = Once("{}", "sell the hotel!"), Told = "Requested function \"sell_the_hotel_\" not found." },
        new("of a tool without a name", Outcome.Reply(null)) { Fault = Once("{}", ""), Told = "Requested function \"nameless\" not found." },
        new("one wrong call after the other", Outcome.Reply(Unfinished)) { Fault = new AnswerFault(null, "tool_calls", Tool: Bookings) },
        new("`tool_calls`, without a call", Outcome.Reply(Unfinished)) { Fault = new AnswerFault(null, "tool_calls") },
        new("a throttling's error inside a 200, before any text", new(429, "The models are busy.")) { Fault = new ErrorEventFault("429", 0) },
        new("a filter's error inside a 200, before any text", new(400, "The message was refused by the content filter.")) { Fault = new ErrorEventFault("content_filter", 0) },
        new("a failure's error inside a 200, before any text", new(502, "The model gateway failed.")) { Fault = new ErrorEventFault("server_error", 0) },
        new("a throttling's error in a stream, after text", new(429, "The models are busy.")) { Fault = new ErrorEventFault("rate_limit_exceeded", 4), Stream = new(429, "The models are busy.", "") },
        new("a filter's error in a stream, after text", new(400, "The message was refused by the content filter.")) { Fault = new ErrorEventFault("content_filter", 4), Stream = new(400, "The model's answer was cut off by the content filter.", "") },
        new("API Management: 429 \"Rate limit is exceeded\"", Limited("The call rate limit is reached.")) { Gateway = AnswerRow.Refuses(429, "Rate limit is exceeded. Try again in 27 seconds.") },
        new("API Management: 429 \"Token limit is exceeded\"", Limited("The token limit is reached.")) { Gateway = AnswerRow.Refuses(429, "Token limit is exceeded. Try again in 27 seconds.") },
        new("API Management: 403 \"Out of call volume quota\"", Limited("The call quota is used up.")) { Gateway = AnswerRow.Refuses(403, "Out of call volume quota. Quota will be replenished in 00:00:27.") },
        new("API Management: 403 \"Out of bandwidth quota\"", Limited("The bandwidth quota is used up.")) { Gateway = AnswerRow.Refuses(403, "Out of bandwidth quota. Quota will be replenished in 00:00:27.") },
        new("API Management: 403 for another reason", new(502, "The model gateway refused this app's key.")) { Gateway = AnswerRow.Refuses(403, "Forbidden") },
    ];

    /// <summary>The table as it stands in the documentation.</summary>
    public static string Render() => MarkdownTable.Render(
        ["the answer", "text and JSON", "event stream", "the copilot's conversation", "logged"],
        Rows.Select(row => new[]
        {
            row.Says,
            row.Told is null ? row.Whole.Words : $"200, after the model is told: {row.Told}",
            WordsOfStream(row),
            row.Whole.IsReply == row.Stream.IsReply ? WordsOfConversation(row.Whole) : $"{WordsOfConversation(row.Whole)}; of a stream, {WordsOfConversation(row.Stream)}",
            row.Whole.IsReply && row.Stream.IsReply ? "nothing" : row.StoreFailure is null ? "a warning with the title" : "an error with the cause",
        }));

    private static string WordsOfStream(AnswerRow row)
    {
        string same = row.Stream == row.Whole ? row.Stream.IsReply ? "the same, `done`" : "the same" : row.Stream.Words;
        return row.Stream.Partial is null ? same : $"the pieces, then `event: error`: {same}";
    }

    private static string WordsOfConversation(Outcome outcome) => outcome.IsReply ? "goes on" : "as before";

    /// <summary>Once on each instance, so that the model has two goes at it and then does better.</summary>
    private static AnswerFault Once(string arguments, string tool = Bookings) => new(null, "tool_calls", Tool: tool, Arguments: arguments) { Requests = 1 };

    private static Outcome Limited(string title) => new(429, title, RetryAfter: "27");
}
