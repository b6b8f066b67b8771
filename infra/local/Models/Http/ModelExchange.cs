using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Http;

/// <summary>One request and its answer: the one way in which handlers and faults write to the caller.</summary>
internal sealed class ModelExchange(
    HttpContext http, ModelRoute route, ModelFault? fault, JsonBuffer buffer, ModelCounters counters, TimeProvider timeProvider)
{
    private const string JsonContentType = "application/json; charset=utf-8";

    public HttpContext Http => http;

    public ModelRoute Route => route;

    /// <summary>What goes wrong with this one; null for nothing.</summary>
    public ModelFault? Fault => fault;

    /// <summary>The writer of the next piece of JSON to be sent.</summary>
    public Utf8JsonWriter Json => buffer.Writer;

    public TimeProvider TimeProvider => timeProvider;

    public CancellationToken CancellationToken => http.RequestAborted;

    /// <summary>Whether the connection was dropped on purpose, so that its end is not the caller's doing.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Resets the connection without another byte.</summary>
    public void Drop()
    {
        Dropped = true;
        counters.Answered(route.Operation, ModelCounters.ConnectionDropped);
        http.Abort();
    }

    /// <summary>Ends the connection in the middle of an answer, once all that was written so far is out.</summary>
    public async ValueTask CutAsync()
    {
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
        counters.Answered(route.Operation, ModelCounters.ConnectionDropped);
        throw new ConnectionCutException();
    }

    /// <summary>Lets the request in, if its rate allows, or ends it with 429.</summary>
    public void Admit(RateLimit limit)
    {
        if (limit.TryAdmit() is { } refusal)
        {
            SetRateHeaders(limit, limit.Charge(0));
            throw new ModelRequestException(
                ModelError.TooManyRequests(route.Operation, http.Request.Query["api-version"], refusal.Rate, refusal.RetryAfter));
        }
    }

    /// <summary>Charges the tokens of the answer, and says in its headers what is left.</summary>
    public void Charge(RateLimit limit, ModelUsage usage) => SetRateHeaders(limit, limit.Charge(usage.TotalTokens));

    public async ValueTask SendErrorAsync(ModelError error)
    {
        if (error.RetryAfter is { } wait)
        {
            RetryAfterHeaders.Set(http.Response.Headers, wait);
        }

        // A failed attempt at an answer may have left something behind.
        buffer.Clear();
        error.Write(buffer.Writer);
        counters.Answered(route.Operation, error.Status);
        await WriteAsync(error.Status, JsonContentType, buffer.Finish());
    }

    /// <summary>Sends a body that is not JSON of ours, as a fault may want.</summary>
    public async ValueTask SendAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        counters.Answered(route.Operation, status);
        await WriteAsync(status, contentType, body);
    }

    /// <summary>Sends a good answer in one piece.</summary>
    public async ValueTask SendResultAsync(ModelUsage usage)
    {
        ReadOnlyMemory<byte> body = buffer.Finish();
        if (fault is null)
        {
            Count(usage);
            await WriteAsync(StatusCodes.Status200OK, JsonContentType, body);
            return;
        }

        body = fault.Spoil(body, int.MaxValue);
        http.Response.ContentType = JsonContentType;
        http.Response.ContentLength = body.Length;

        // In two parts, so that a fault can strike in the middle.
        await fault.BeforePartAsync(this, 0);
        await http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], CancellationToken);
        await fault.BeforePartAsync(this, int.MaxValue);
        Count(usage);
        await http.Response.BodyWriter.WriteAsync(body[(body.Length / 2)..], CancellationToken);
    }

    public async ValueTask BeginStreamAsync()
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.StartAsync(CancellationToken);
    }

    /// <summary>Sends one event of a stream; it leaves at once.</summary>
    public async ValueTask SendEventAsync(int part)
    {
        ReadOnlyMemory<byte> data = buffer.Finish();
        if (fault is not null)
        {
            data = fault.Spoil(data, part);
            await fault.BeforePartAsync(this, part);
        }

        http.Response.BodyWriter.Write("data: "u8);
        http.Response.BodyWriter.Write(data.Span);
        http.Response.BodyWriter.Write("\n\n"u8);
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
        CancellationToken.ThrowIfCancellationRequested();
        buffer.Clear();
    }

    public async ValueTask EndStreamAsync(ModelUsage usage)
    {
        if (fault is not null)
        {
            await fault.BeforePartAsync(this, int.MaxValue);
        }

        Count(usage);
        http.Response.BodyWriter.Write("data: [DONE]\n\n"u8);
        await http.Response.BodyWriter.FlushAsync(CancellationToken);
    }

    private void SetRateHeaders(RateLimit limit, RateLimitStatus left)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["x-ratelimit-limit-requests"] = limit.RequestsPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-limit-tokens"] = limit.TokensPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining-requests"] = left.RemainingRequests.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining-tokens"] = left.RemainingTokens.ToString(CultureInfo.InvariantCulture);
    }

    private void Count(ModelUsage usage)
    {
        counters.Spent(usage.PromptTokens, usage.CompletionTokens);
        counters.Answered(route.Operation, StatusCodes.Status200OK);
    }

    private async ValueTask WriteAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, CancellationToken);
    }
}
