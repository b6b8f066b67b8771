using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Answers with an error.</summary>
/// <param name="RetryAfter">When the caller may come back; null leaves the headers out.</param>
public abstract record ErrorFault(
    [property: JsonPropertyName("retryAfterSeconds"), JsonConverter(typeof(Seconds))] TimeSpan? RetryAfter) : ModelFault
{
    private protected override string? Problem => base.Problem ?? Seconds.ProblemOf(RetryAfter, "retryAfterSeconds");

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        await exchange.SendErrorAsync(ErrorOf(exchange) with { RetryAfter = RetryAfter });
        return true;
    }

    private protected abstract ModelError ErrorOf(ModelExchange exchange);
}

/// <summary>Answers 429 as if the token rate were used up.</summary>
public sealed record ThrottleFault(TimeSpan? RetryAfter = null) : ErrorFault(RetryAfter)
{
    private protected override ModelError ErrorOf(ModelExchange exchange) =>
        ModelError.TooManyRequests(exchange.Operation, exchange.ApiVersion, "token", RetryAfter ?? TimeSpan.FromMinutes(1));
}

/// <summary>Answers with a status and Azure OpenAI's error body.</summary>
/// <param name="Code">The status, 400 to 599.</param>
/// <param name="RetryAfter">When the caller may come back; null leaves the headers out.</param>
public sealed record StatusFault(int Code, TimeSpan? RetryAfter = null) : ErrorFault(RetryAfter)
{
    private protected override string? Problem => base.Problem ?? (Code is < 400 or > 599 ? "code must be a status between 400 and 599." : null);

    private protected override ModelError ErrorOf(ModelExchange exchange) => new(
        Code,
        ReasonPhrases.GetReasonPhrase(Code) is { Length: > 0 } reason ? reason.Replace(" ", "", StringComparison.Ordinal) : Code.ToString(CultureInfo.InvariantCulture),
        $"The simulated instance was told to answer {Code}.");
}

/// <summary>Waits before it answers, and then answers well.</summary>
/// <param name="Delay">How long it waits.</param>
public sealed record DelayHeadersFault(
    [property: JsonPropertyName("delaySeconds"), JsonConverter(typeof(Seconds))] TimeSpan Delay) : ModelFault
{
    private protected override string? Problem => base.Problem ?? Seconds.ProblemOf(Delay, "delaySeconds");

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        await Task.Delay(Delay, exchange.TimeProvider, exchange.CancellationToken);
        return false;
    }
}

/// <summary>Answers 200 with a web page, as a misconfigured proxy in between would.</summary>
public sealed record WrongContentTypeFault : ModelFault
{
    private static readonly byte[] Page = "<!doctype html><title>Maintenance</title><p>This page is not what you asked for.</p>\n"u8.ToArray();

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        await exchange.SendAsync(StatusCodes.Status200OK, "text/html; charset=utf-8", Page);
        return true;
    }
}

/// <summary>Resets the connection instead of answering.</summary>
public sealed record ResetFault : ModelFault
{
    internal override ValueTask<bool> TryAnswerAsync(ModelExchange exchange) => exchange.DropAsync();
}

/// <summary>
/// Keeps callers from getting as far as a request. Setting it drops the connections that are open, so that nobody goes on
/// over one from before.
/// </summary>
public abstract record UnreachableFault : ModelFault
{
    private protected override string? Problem => Requests is null ? null : "An instance that can not be reached sees no requests to count: leave requests out.";

    /// <summary>A request that slips in while the connections are dropped meets the same end.</summary>
    internal override ValueTask<bool> TryAnswerAsync(ModelExchange exchange) => exchange.DropAsync();
}

/// <summary>Stops listening: connections are refused until the instance is healed.</summary>
public sealed record RefuseFault : UnreachableFault;

/// <summary>
/// Shows a certificate that is in order but for another name, as after a slip in DNS or in a proxy. Only for an instance
/// that speaks https (<see cref="ModelInstanceOptions.Certificates"/>).
/// </summary>
public sealed record WrongTlsNameFault : UnreachableFault;

/// <summary>Begins well, and goes wrong in the middle.</summary>
/// <param name="AfterParts">How many events of a stream are sent first. An answer in one piece goes wrong in its middle, or, with 0, after its headers.</param>
public abstract record LateFault(int AfterParts) : ModelFault
{
    private protected override string? Problem => base.Problem ?? (AfterParts < 0 ? "afterParts must not be negative." : null);
}

/// <summary>Begins a good answer and then drops the connection.</summary>
public sealed record CutFault(int AfterParts = 3) : LateFault(AfterParts)
{
    internal override ValueTask BeforePartAsync(ModelExchange exchange, int part) => part >= AfterParts ? exchange.CutAsync() : ValueTask.CompletedTask;
}

/// <summary>Begins a good answer and then sends nothing more, with the connection left open, until the caller leaves.</summary>
public sealed record StallFault(int AfterParts = 3) : LateFault(AfterParts)
{
    internal override async ValueTask BeforePartAsync(ModelExchange exchange, int part)
    {
        if (part >= AfterParts)
        {
            await exchange.Http.Response.BodyWriter.FlushAsync(exchange.CancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, exchange.TimeProvider, exchange.CancellationToken);
        }
    }
}

/// <summary>Begins a good stream and goes on with an error in an event, as is left to a server whose 200 is out; an answer in one piece is that error.</summary>
/// <param name="Code">The error's code.</param>
/// <param name="AfterParts">How many events are sent first.</param>
public sealed record ErrorEventFault(string Code, int AfterParts = 3) : LateFault(AfterParts)
{
    internal override ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => part < AfterParts
        ? json
        : JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = Code, message = "The simulated instance was told to say so." } });
}

/// <summary>Answers 200 with JSON that breaks off in the middle, in every event of a stream too.</summary>
public sealed record MalformedJsonFault : ModelFault
{
    internal override ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => json[..(json.Length / 2)];
}

/// <summary>Says to a chat what it is told to, whole or not; an embedding is as ever.</summary>
/// <param name="Content">The text; null for none.</param>
/// <param name="FinishReason">Why the answer ends there, in the words of the wire; null leaves it out.</param>
/// <param name="Refusal">The refusal; null for none.</param>
/// <param name="Tool">The function that is called; null for none.</param>
/// <param name="Arguments">What it is called with: JSON, or what only looks like it.</param>
/// <param name="AfterEnd">What a stream still says when it has ended.</param>
public sealed record AnswerFault(
    string? Content = null, string? FinishReason = null, string? Refusal = null, string? Tool = null, string Arguments = "{}", string? AfterEnd = null) : ModelFault
{
    internal override ChatAnswer Change(ChatAnswer answer) => answer with
    {
        Text = Content,
        FinishReason = FinishReason,
        Refusal = Refusal,
        Call = Tool is null ? null : new ToolCall($"call_{Guid.NewGuid():N}", Tool, Arguments),
        AfterEnd = AfterEnd,
    };
}

/// <summary>A duration as a number of seconds.</summary>
internal sealed class Seconds : JsonConverter<TimeSpan>
{
    /// <summary>What is wrong with a wait that no clock can keep; null for nothing.</summary>
    public static string? ProblemOf(TimeSpan? wait, string name) =>
        wait < TimeSpan.Zero || wait > TimeSpan.FromDays(1) ? $"{name} must be between 0 seconds and a day." : null;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double seconds = reader.GetDouble();
        return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new JsonException("The number of seconds is too large.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
}
