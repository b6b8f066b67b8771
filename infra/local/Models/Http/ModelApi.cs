using System.Net.Http.Headers;
using System.Text.Json;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Embeddings;
using ContosoSuites.Local.Models.Faults;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Models.Http;

/// <summary>An instance's routes. A request meets the fault first, then the credentials, then its operation.</summary>
internal sealed class ModelApi(ModelInstanceOptions options, FaultSwitch faults, ModelCounters counters, TimeProvider timeProvider)
{
    private readonly ChatOperation _chat = new(options, timeProvider);
    private readonly EmbeddingOperation _embeddings = new(options, timeProvider);
    private readonly long _created = timeProvider.GetUtcNow().ToUnixTimeSeconds();

    public void Map(IEndpointRouteBuilder routes)
    {
        // The newer surface needs no api-version and takes the deployment from the body.
        foreach (string surface in (string[])["/openai/deployments/{deployment}", "/openai/v1"])
        {
            routes.MapPost($"{surface}/chat/completions", Serve(ModelOperation.ChatCompletions, _chat.AnswerAsync));
            routes.MapPost($"{surface}/embeddings", Serve(ModelOperation.Embeddings, _embeddings.AnswerAsync));
        }

        routes.MapGet("/openai/v1/models", Serve(ModelOperation.Models, ListAsync));
        routes.Map("/{**path}", Serve(ModelOperation.Unknown, _ => throw new ModelRequestException(ModelError.ResourceNotFound)));
    }

    private RequestDelegate Serve(ModelOperation operation, Func<ModelExchange, ValueTask> answer) => async http =>
    {
        ModelFault? fault = faults.Take();
        var exchange = new ModelExchange(http, operation, fault, counters, timeProvider);
        counters.Begin();
        try
        {
            SetIdentifyingHeaders(http);
            if (fault is null || !await fault.TryAnswerAsync(exchange))
            {
                await AnswerOrExplainAsync(exchange, answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && (exchange.Dropped || exchange.CancellationToken.IsCancellationRequested))
        {
            if (!exchange.Dropped && faults.Current is UnreachableFault)
            {
                counters.Answered(operation, ModelCounters.ConnectionDropped);
            }
            else if (!exchange.Dropped)
            {
                counters.Answered(operation, ModelCounters.ClientClosedRequest);
                counters.Disconnected();
            }
        }
        finally
        {
            counters.End();
        }
    };

    private async ValueTask AnswerOrExplainAsync(ModelExchange exchange, Func<ModelExchange, ValueTask> answer)
    {
        try
        {
            if (exchange.Deployment is not null && string.IsNullOrEmpty(exchange.ApiVersion))
            {
                throw new ModelRequestException(ModelError.ResourceNotFound);
            }

            await (exchange.Operation is ModelOperation.Unknown || IsAuthorized(exchange) ? answer(exchange) : throw new ModelRequestException(ModelError.Unauthorized));
        }
        catch (ModelRequestException e)
        {
            await exchange.SendErrorAsync(e.Error);
        }
        catch (BadHttpRequestException e)
        {
            await exchange.SendErrorAsync(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new ModelError(e.StatusCode, "RequestTooLarge", $"The request body is longer than the {options.MaxRequestBytes} bytes that are accepted.")
                : new ModelError(e.StatusCode, "BadRequest", e.Message));
        }
    }

    private bool IsAuthorized(ModelExchange exchange)
    {
        IHeaderDictionary headers = exchange.Http.Request.Headers;
        if (headers.TryGetValue("api-key", out StringValues key))
        {
            return key == options.ApiKey;
        }

        // The plain OpenAI client, which the newer surface is made for, sends its key as a bearer token.
        return AuthenticationHeaderValue.TryParse(headers.Authorization, out AuthenticationHeaderValue? given)
            && given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            && (given.Parameter == ModelCredentials.ManagedIdentityToken || (exchange.Deployment is null && given.Parameter == options.ApiKey));
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

    private ValueTask ListAsync(ModelExchange exchange)
    {
        string[] deployments = [options.ChatDeployment, options.EmbeddingDeployment];
        JsonSerializer.Serialize(exchange.Json, new { @object = "list", data = deployments.Select(id => new { id, @object = "model", created = _created, owned_by = "system" }) });
        return exchange.SendResultAsync(default);
    }
}
