using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>A row of the table of answers.</summary>
/// <param name="Says">What the side of the models says.</param>
/// <param name="Whole">What Chat and the copilot answer as text and as JSON.</param>
internal sealed record AnswerRow(string Says, Outcome Whole)
{
    private readonly Outcome? _stream;

    /// <summary>What both instances are told to do.</summary>
    public ModelFault? Fault { get; init; }

    /// <summary>What stands in the gateway's place, and what it answers.</summary>
    public Func<HttpContext, Task>? Gateway { get; init; }

    /// <summary>What the model is told of a call that is wrong.</summary>
    public string? Told { get; init; }

    /// <summary>What a tool runs into in the store.</summary>
    public Exception? StoreFailure { get; init; }

    /// <summary>What a stream ends in, where that differs.</summary>
    public Outcome Stream
    {
        get => _stream ?? Whole;
        init => _stream = value;
    }

    public static Func<HttpContext, Task> Refuses(int status, string message) =>
        Stub.Answer(status, $$"""{"statusCode":{{status}},"message":"{{message}}"}""", "27");
}

/// <summary>What a caller gets.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The reply, null for any; or the problem's title.</param>
/// <param name="Partial">What the problem's partialReply is; null for none.</param>
/// <param name="Refused">Whether the reply is marked as a refusal.</param>
/// <param name="RetryAfter">The Retry-After in seconds.</param>
internal sealed record Outcome(int Status, string? Text, string? Partial = null, bool Refused = false, string? RetryAfter = null)
{
    public bool IsReply => Status == 200;

    /// <summary>In the words of the table.</summary>
    public string Words => IsReply
        ? Refused ? "200, the refusal, `refused`" : Text is null ? "200, the model's reply to the tool's result" : $"200, \"{Text}\""
        : $"{Status}, \"{Text}\"{(Partial is null ? "" : ", `partialReply`")}{(RetryAfter is null ? "" : ", Retry-After")}";

    public static Outcome Reply(string? text) => new(200, text);
}
