using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Azure OpenAI's chat client and embedding generator over the OpenAI package. The OpenAI client writes the bodies;
/// <see cref="AzureOpenAIRequestPolicy"/> turns its requests into Azure OpenAI's.
/// </summary>
public static class AzureOpenAIServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IChatClient"/> that talks to one Azure OpenAI deployment.</summary>
    /// <param name="services">The services.</param>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="endpoint">The resource's address, or that of a gateway before it; a path in it is kept.</param>
    /// <param name="apiKey">Sent as <c>api-key</c>.</param>
    /// <param name="serviceId">The key to register under.</param>
    /// <param name="modelId">Not used for Azure OpenAI chat clients.</param>
    /// <param name="apiVersion">The api-version; 2025-04-01-preview where null.</param>
    /// <param name="httpClient">The client to use; the one in the service provider where null.</param>
    /// <param name="openTelemetrySourceName">The name of the activity source.</param>
    /// <param name="openTelemetryConfig">Configures the telemetry wrapper.</param>
    /// <returns>The same services.</returns>
    [Experimental("SKEXP0010")]
    public static IServiceCollection AddAzureOpenAIChatClient(
        this IServiceCollection services,
        string deploymentName,
        string endpoint,
        string apiKey,
        string? serviceId = null,
        string? modelId = null,
        string? apiVersion = null,
        HttpClient? httpClient = null,
        string? openTelemetrySourceName = null,
        Action<OpenTelemetryChatClient>? openTelemetryConfig = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(endpoint);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);

        return services.AddKeyedSingleton<IChatClient>(serviceId, (provider, _) =>
        {
            var loggerFactory = provider.GetService<ILoggerFactory>();
            OpenAIClientOptions options = CreateOptions(deploymentName, endpoint, apiKey, apiVersion, httpClient ?? provider.GetService<HttpClient>());
            ChatClientBuilder client = new ChatClient(deploymentName, new ApiKeyCredential(apiKey), options)
                .AsIChatClient()
                .AsBuilder()
                .UseKernelFunctionInvocation(loggerFactory)
                .UseOpenTelemetry(loggerFactory, openTelemetrySourceName, openTelemetryConfig);
            return (loggerFactory is null ? client : client.UseLogging(loggerFactory)).Build();
        });
    }

    /// <summary>Adds an embedding generator that talks to one Azure OpenAI deployment.</summary>
    /// <param name="services">The services.</param>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="endpoint">The resource's address, or that of a gateway before it; a path in it is kept.</param>
    /// <param name="apiKey">Sent as <c>api-key</c>.</param>
    /// <param name="serviceId">The key to register under.</param>
    /// <param name="modelId">Not used for Azure OpenAI embedding generators.</param>
    /// <param name="dimensions">The length of the vectors; the model's own where null.</param>
    /// <param name="apiVersion">The api-version; 2025-04-01-preview where null.</param>
    /// <param name="httpClient">The client to use; the one in the service provider where null.</param>
    /// <param name="openTelemetrySourceName">The name of the activity source.</param>
    /// <param name="openTelemetryConfig">Configures the telemetry wrapper.</param>
    /// <returns>The same services.</returns>
    [Experimental("SKEXP0010")]
    public static IServiceCollection AddAzureOpenAIEmbeddingGenerator(
        this IServiceCollection services,
        string deploymentName,
        string endpoint,
        string apiKey,
        string? serviceId = null,
        string? modelId = null,
        int? dimensions = null,
        string? apiVersion = null,
        HttpClient? httpClient = null,
        string? openTelemetrySourceName = null,
        Action<OpenTelemetryEmbeddingGenerator<string, Embedding<float>>>? openTelemetryConfig = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(deploymentName);

        return services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(serviceId, (provider, _) =>
        {
            var loggerFactory = provider.GetService<ILoggerFactory>();
            OpenAIClientOptions options = CreateOptions(deploymentName, endpoint, apiKey, apiVersion, httpClient ?? provider.GetService<HttpClient>());
            EmbeddingGeneratorBuilder<string, Embedding<float>> generator = new EmbeddingClient(deploymentName, new ApiKeyCredential(apiKey), options)
                .AsIEmbeddingGenerator(dimensions)
                .AsBuilder()
                .UseOpenTelemetry(loggerFactory, openTelemetrySourceName, openTelemetryConfig);
            return (loggerFactory is null ? generator : generator.UseLogging(loggerFactory)).Build();
        });
    }

    /// <summary>As the package: no retry and no timeout but those of the HTTP client, which is made here where nobody registered one.</summary>
    private static OpenAIClientOptions CreateOptions(string deploymentName, string endpoint, string apiKey, string? apiVersion, HttpClient? httpClient)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri($"{endpoint.TrimEnd('/')}/openai/deployments/{Uri.EscapeDataString(deploymentName)}"),
            UserAgentApplicationId = "Semantic-Kernel",
            Transport = new HttpClientPipelineTransport(httpClient ?? new HttpClient()),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        options.AddPolicy(new AzureOpenAIRequestPolicy(apiKey, AzureOpenAIApiVersion.Parse(apiVersion)), PipelinePosition.BeforeTransport);
        return options;
    }
}
