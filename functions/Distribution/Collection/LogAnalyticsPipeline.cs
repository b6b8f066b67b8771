using Azure.Core;
using Azure.Core.Pipeline;

namespace ContosoSuites.Functions.Distribution.Collection;

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
