using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Http;

/// <summary>One request and its answer: the one way in which handlers and faults write to the caller.</summary>
internal sealed class ModelExchange(HttpContext http, ModelOperation operation, ModelFault? fault, ModelCounters counters, TimeProvider timeProvider)
{
    private const string JsonContentType = "application/json; charset=utf-8";

    // Everything here is read by programs, never put into a page: accents and emoji may stay as they are.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(2048);
    private int _events;

    public HttpContext Http => http;

    /// <summary>The writer of the next piece of JSON to be sent.</summary>
    public Utf8JsonWriter Json => field ??= new Utf8JsonWriter(_bytes, WriterOptions);

    public ModelOperation Operation => operation;

    /// <summary>The deployment in the path; null on the newer surface, where the body's <c>model</c> names it.</summary>
    public string? Deployment { get; } = http.Request.RouteValues["deployment"] as string;

    public string? ApiVersion => http.Request.Query["api-version"];

    /// <summary>What goes wrong with this one; null for nothing.</summary>
    public ModelFault? Fault => fault;

    public TimeProvider TimeProvider => timeProvider;

    public CancellationToken CancellationToken => http.RequestAborted;

    /// <summary>Whether the connection was dropped on purpose, so that its end is not the caller's doing.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Resets the connection without another byte.</summary>
    /// <returns>That this is the whole answer.</returns>
    public ValueTask<bool> DropAsync()
    {
        Dropped = true;
        counters.Answered(operation, ModelCounters.ConnectionDropped);
        http.Abort();
        return ValueTask.FromResult(true);
    }

    /// <summary>Ends the connection in the middle of an answer, once all that was written so far is out.</summary>
    public async ValueTask CutAsync()
    {
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
        counters.Answered(operation, ModelCounters.ConnectionDropped);
        throw new ConnectionCutException();
    }

    /// <summary>Ends the request unless it names the deployment that serves its operation, in the path or as the <c>model</c> of the body.</summary>
    public void CheckDeployment(Field body, string expected, string other)
    {
        string deployment = Deployment ?? body.Required("model").Text();
        if (!deployment.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelRequestException(deployment.Equals(other, StringComparison.OrdinalIgnoreCase)
                ? ModelError.Invalid(
                    $"The {operation} operation does not work with the specified model, {deployment}. Please choose different model and try again.",
                    code: "OperationNotSupported")
                : ModelError.DeploymentNotFound);
        }
    }

    /// <summary>Lets the request in, if its rate allows, or ends it with 429.</summary>
    public void Admit(RateLimit limit)
    {
        if (limit.TryAdmit() is var (rate, retryAfter))
        {
            Charge(limit, default);
            throw new ModelRequestException(ModelError.TooManyRequests(operation, ApiVersion, rate, retryAfter));
        }
    }

    /// <summary>Charges the tokens of the answer, and says in its headers what is left.</summary>
    public void Charge(RateLimit limit, ModelUsage usage)
    {
        (int requests, int tokens) = limit.Charge(usage.TotalTokens);
        Set("x-ratelimit-limit-requests", limit.RequestsPerMinute);
        Set("x-ratelimit-limit-tokens", limit.TokensPerMinute);
        Set("x-ratelimit-remaining-requests", requests);
        Set("x-ratelimit-remaining-tokens", tokens);

        void Set(string header, int value) => http.Response.Headers[header] = value.ToString(CultureInfo.InvariantCulture);
    }

    public ValueTask SendErrorAsync(ModelError error)
    {
        // A failed attempt at an answer may have left something behind.
        Clear();
        error.SetRetryAfter(http.Response.Headers);
        JsonSerializer.Serialize(Json, error.Body, error.Body.GetType());
        return SendAsync(error.Status, JsonContentType, Written());
    }

    /// <summary>Sends a body that is not JSON of ours, as a fault may want.</summary>
    public async ValueTask SendAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        counters.Answered(operation, status);
        http.Response.StatusCode = status;
        BeginBody(contentType, body);
        await http.Response.BodyWriter.WriteAsync(body, CancellationToken);
    }

    /// <summary>Sends a good answer in one piece.</summary>
    public async ValueTask SendResultAsync(ModelUsage usage)
    {
        ReadOnlyMemory<byte> body = Written();
        body = fault?.Spoil(body, int.MaxValue) ?? body;
        BeginBody(JsonContentType, body);
        if (fault is not null)
        {
            // In two parts, so that a fault can strike in the middle.
            await fault.BeforePartAsync(this, 0);
            await http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], CancellationToken);
            await fault.BeforePartAsync(this, int.MaxValue);
            body = body[(body.Length / 2)..];
        }

        Count(usage);
        await http.Response.BodyWriter.WriteAsync(body, CancellationToken);
    }

    public Task BeginStreamAsync()
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        return http.Response.StartAsync(CancellationToken);
    }

    /// <summary>Sends one event of a stream; it leaves at once.</summary>
    public async ValueTask SendEventAsync()
    {
        ReadOnlyMemory<byte> data = Written();
        if (fault is not null)
        {
            data = fault.Spoil(data, _events);
            await fault.BeforePartAsync(this, _events++);
        }

        await WriteEventAsync(data);
        CancellationToken.ThrowIfCancellationRequested();
        Clear();
    }

    public async ValueTask EndStreamAsync(ModelUsage usage)
    {
        await (fault?.BeforePartAsync(this, int.MaxValue) ?? ValueTask.CompletedTask);
        Count(usage);
        await WriteEventAsync("[DONE]"u8.ToArray());
    }

    private async ValueTask WriteEventAsync(ReadOnlyMemory<byte> data)
    {
        http.Response.BodyWriter.Write("data: "u8);
        http.Response.BodyWriter.Write(data.Span);
        http.Response.BodyWriter.Write("\n\n"u8);
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
    }

    private void BeginBody(string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
    }

    private void Count(ModelUsage usage)
    {
        counters.Spent(usage.PromptTokens, usage.CompletionTokens);
        counters.Answered(operation, StatusCodes.Status200OK);
    }

    /// <summary>What was written, valid until that is cleared.</summary>
    private ReadOnlyMemory<byte> Written()
    {
        Json.Flush();
        return _bytes.WrittenMemory;
    }

    private void Clear()
    {
        _bytes.ResetWrittenCount();
        Json.Reset();
    }

    /// <summary>
    /// Ends an answer that has begun. It is meant to reach Kestrel, which then closes the connection without the end of the
    /// body; aborting would race with the bytes that are still on their way out.
    /// </summary>
    private sealed class ConnectionCutException() : Exception("A fault cut the connection.");
}
