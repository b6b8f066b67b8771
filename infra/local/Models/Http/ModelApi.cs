using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Embeddings;
using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.ObjectPool;

namespace ContosoSuites.Local.Models.Http;

/// <summary>Serves an instance's requests: fault, route, credentials, then the operation.</summary>
internal sealed class ModelApi(ModelInstanceOptions options, FaultSwitch faults, ModelCounters counters, TimeProvider timeProvider)
{
    private readonly ChatOperation _chat = new(options, timeProvider);
    private readonly EmbeddingOperation _embeddings = new(options, timeProvider);
    private readonly ModelListOperation _models = new(options, timeProvider);
    private readonly ObjectPool<JsonBuffer> _buffers = new DefaultObjectPoolProvider().Create(new JsonBufferPolicy());

    public async Task HandleAsync(HttpContext http)
    {
        ModelFault? fault = faults.Take();
        JsonBuffer buffer = _buffers.Get();
        var exchange = new ModelExchange(http, ModelRoute.Parse(http.Request), fault, buffer, counters, timeProvider);
        counters.Begin();
        try
        {
            SetIdentifyingHeaders(http);
            if (fault is null || !await fault.TryAnswerAsync(exchange))
            {
                await AnswerOrExplainAsync(exchange);
            }
        }
        catch (Exception e) when (IsLostConnection(e, exchange))
        {
            RecordLostConnection(exchange);
        }
        finally
        {
            counters.End();
            _buffers.Return(buffer);
        }
    }

    private static bool IsLostConnection(Exception exception, ModelExchange exchange) =>
        exception is OperationCanceledException or IOException
        && (exchange.Dropped || exchange.CancellationToken.IsCancellationRequested);

    private async ValueTask AnswerOrExplainAsync(ModelExchange exchange)
    {
        try
        {
            await AnswerAsync(exchange);
        }
        catch (ModelRequestException e)
        {
            await exchange.SendErrorAsync(e.Error);
        }
        catch (BadHttpRequestException e)
        {
            await exchange.SendErrorAsync(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ModelError.RequestTooLarge(options.MaxRequestBytes)
                : new ModelError(e.StatusCode, "BadRequest", e.Message));
        }
    }

    private ValueTask AnswerAsync(ModelExchange exchange)
    {
        ModelRoute route = exchange.Route;
        HttpRequest request = exchange.Http.Request;
        if (route.Operation is ModelOperation.Unknown || (!route.IsVersionOne && string.IsNullOrEmpty(request.Query["api-version"])))
        {
            throw new ModelRequestException(ModelError.ResourceNotFound);
        }

        if (!IsAuthorized(request, route))
        {
            throw new ModelRequestException(ModelError.Unauthorized);
        }

        return route.Operation switch
        {
            ModelOperation.ChatCompletions => _chat.AnswerAsync(exchange),
            ModelOperation.Embeddings => _embeddings.AnswerAsync(exchange),
            _ => _models.AnswerAsync(exchange),
        };
    }

    private bool IsAuthorized(HttpRequest request, ModelRoute route)
    {
        if (request.Headers.TryGetValue("api-key", out var key))
        {
            return key == options.ApiKey;
        }

        const string Scheme = "Bearer ";
        string? authorization = request.Headers.Authorization;
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // The plain OpenAI client, which the newer surface is made for, sends its key as a bearer token.
        ReadOnlySpan<char> token = authorization.AsSpan(Scheme.Length).Trim();
        return token.SequenceEqual(ModelCredentials.ManagedIdentityToken) || (route.IsVersionOne && token.SequenceEqual(options.ApiKey));
    }

    private void SetIdentifyingHeaders(HttpContext http)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers["apim-request-id"] = Guid.NewGuid().ToString();
        headers["x-ms-region"] = options.Region;

        // A request may carry characters that an answer must not.
        string? clientRequestId = http.Request.Headers["x-ms-client-request-id"];
        if (clientRequestId is not null && !clientRequestId.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            headers["x-ms-client-request-id"] = clientRequestId;
        }
    }

    private void RecordLostConnection(ModelExchange exchange)
    {
        if (exchange.Dropped)
        {
            return;
        }

        if (faults.Current is UnreachableFault)
        {
            counters.Answered(exchange.Route.Operation, ModelCounters.ConnectionDropped);
            return;
        }

        counters.Answered(exchange.Route.Operation, ModelCounters.ClientClosedRequest);
        counters.Disconnected();
    }
}
