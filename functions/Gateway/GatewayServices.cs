using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Settings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ContosoSuites.Functions.Gateway;

/// <summary>The way to API Management: settings, the one HttpClient pipeline, errors.</summary>
internal static class GatewayServices
{
    private const string ClientName = "ApiManagement";

    /// <summary>
    /// Reads section <c>ApiManagement</c> and registers the <see cref="HttpClient"/> that the kernel's clients find in the
    /// services. The kernel neither retries nor times out with a client of ours, so both are here: from the outside in,
    /// one retry, a timeout for each attempt, then <see cref="ModelCallHandler"/>.
    /// </summary>
    public static ApiManagementOptions AddApiManagement(this IHostApplicationBuilder builder)
    {
        ApiManagementOptions options = builder.AddSettings<ApiManagementOptions>("ApiManagement");

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ModelCalls>();
        builder.Services.AddSingleton<GatewayProblems>();
        builder.Services.AddSingleton<IProblemSource>(services => services.GetRequiredService<GatewayProblems>());
        builder.Services.AddTransient<ModelCallHandler>();
        IHttpClientBuilder client = builder.Services.AddHttpClient(ClientName, c => c.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);

                // A gateway neither redirects nor sets cookies; a key must not follow either.
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.AddResilienceHandler("model-call", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            if (options.MaxRetryWait > TimeSpan.Zero)
            {
                pipeline.AddRetry(CreateRetry(options.MaxRetryWait, pipeline.TimeProvider));
            }

            pipeline.AddTimeout(options.ModelCallTimeout);
        });
        client.AddHttpMessageHandler<ModelCallHandler>();
        builder.Services.AddSingleton(services => services.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName));
        return options;
    }

    /// <summary>Reads section <c>AzureOpenAI</c>, and puts the checks of answers around the kernel's models.</summary>
    public static AzureOpenAIOptions AddAzureOpenAI(this IHostApplicationBuilder builder)
    {
        AzureOpenAIOptions options = builder.AddSettings<AzureOpenAIOptions>("AzureOpenAI");

        // The kernel's client has a tool loop of its own, and below it what makes one call and measures it. Ours goes in the loop's
        // place: every single answer has to be whole, and not only the last one.
        builder.Services.AddSingleton(services => new ToolLoop(
            new WholeAnswers(services.GetRequiredService<IChatClient>().GetRequiredService<OpenTelemetryChatClient>(), services.GetRequiredService<ModelCalls>()),
            options));
        builder.Services.AddSingleton<ModelPrices>();
        return options;
    }

    /// <summary>
    /// One retry of what another attempt can mend. The wait is the one that Retry-After asks for; an answer that asks for
    /// more than the limit is not retried, since its caller knows better how to wait. Nor is a timeout: the caller has
    /// waited long enough.
    /// </summary>
    private static HttpRetryStrategyOptions CreateRetry(TimeSpan maxWait, TimeProvider timeProvider) => new()
    {
        MaxRetryAttempts = 1,
        Delay = TimeSpan.FromMilliseconds(200),
        UseJitter = true,
        BackoffType = DelayBackoffType.Constant,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException } => true,
            { Result: { } response } => HttpClientResiliencePredicates.IsTransient(arguments.Outcome) && GetRetryAfter(response, timeProvider) <= maxWait,
            _ => false,
        }),
    };

    private static TimeSpan GetRetryAfter(HttpResponseMessage response, TimeProvider timeProvider) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - timeProvider.GetUtcNow(),
        _ => TimeSpan.Zero,
    };
}
