using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ContosoSuites.Functions.Distribution.Collection;

/// <summary>Asks the Log Analytics query API.</summary>
internal sealed class LogAnalyticsClient(HttpPipeline pipeline, LogAnalyticsSettings settings, TimeProvider timeProvider)
{
    /// <summary>Runs a query.</summary>
    /// <exception cref="LogQueryException">There is no answer that can be read.</exception>
    public async Task<LogTable> QueryAsync(string query, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using HttpMessage message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri($"{settings.Endpoint.TrimEnd('/')}/v1/workspaces/{settings.WorkspaceId}/query"));
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={settings.TimeoutSeconds}"));
        message.Request.Content = RequestContent.Create(BinaryData.FromObjectAsJson(new { query }));
        try
        {
            await pipeline.SendAsync(message, either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && LogQueryErrors.Of(e, settings) is { } failure)
        {
            throw failure;
        }

        return message.Response.Status == 200 ? Read(message.Response.Content) : throw LogQueryErrors.Of(message.Response, settings);
    }

    private static LogTable Read(BinaryData body)
    {
        try
        {
            // Not a JsonDocument: its memory would have to be given back while the table still reads from it.
            return LogTable.Read(JsonElement.Parse(body.ToMemory().Span));
        }
        catch (JsonException e)
        {
            throw LogQueryErrors.Unreadable("it is no JSON", e);
        }
    }
}

/// <summary>The way to the query API: retries that honor Retry-After, and a token where one is due.</summary>
internal static class LogAnalyticsPipeline
{
    /// <summary>Makes the pipeline.</summary>
    /// <param name="settings">Where to.</param>
    /// <param name="credential">Who asks; not used with an address on this machine.</param>
    /// <param name="retryDelay">The shortest wait before a retry.</param>
    public static HttpPipeline Create(LogAnalyticsSettings settings, TokenCredential credential, TimeSpan retryDelay)
    {
        var options = new Options();
        options.Retry.Delay = retryDelay;

        // The API waits for a query as long as it is asked to, which is longer than the pipeline would.
        options.Retry.NetworkTimeout = settings.Timeout;
        return settings.WantsCredential
            ? HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, $"{settings.Endpoint.TrimEnd('/')}/.default"))
            : HttpPipelineBuilder.Build(options);
    }

    private sealed class Options : ClientOptions;
}
