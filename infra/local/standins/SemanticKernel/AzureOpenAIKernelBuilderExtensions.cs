using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Azure OpenAI's chat client and embedding generator to a kernel: the overloads that take an API key.</summary>
public static class AzureOpenAIKernelBuilderExtensions
{
    /// <summary>Adds an <see cref="IChatClient"/> that talks to one Azure OpenAI deployment.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="deploymentName">The deployment.</param>
    /// <param name="endpoint">The resource's address, or that of a gateway before it; a path in it is kept.</param>
    /// <param name="apiKey">Sent as <c>api-key</c>.</param>
    /// <param name="serviceId">The key to register under.</param>
    /// <param name="modelId">Not used for Azure OpenAI chat clients.</param>
    /// <param name="apiVersion">The api-version; 2025-04-01-preview where null.</param>
    /// <param name="httpClient">The client to use; the one in the service provider where null.</param>
    /// <param name="openTelemetrySourceName">The name of the activity source.</param>
    /// <param name="openTelemetryConfig">Configures the telemetry wrapper.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddAzureOpenAIChatClient(
        this IKernelBuilder builder,
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
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAzureOpenAIChatClient(
            deploymentName, endpoint, apiKey, serviceId, modelId, apiVersion, httpClient, openTelemetrySourceName, openTelemetryConfig);
        return builder;
    }

    /// <summary>Adds an embedding generator that talks to one Azure OpenAI deployment.</summary>
    /// <param name="builder">The kernel's builder.</param>
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
    /// <returns>The same builder.</returns>
    [Experimental("SKEXP0010")]
    public static IKernelBuilder AddAzureOpenAIEmbeddingGenerator(
        this IKernelBuilder builder,
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
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAzureOpenAIEmbeddingGenerator(
            deploymentName, endpoint, apiKey, serviceId, modelId, dimensions, apiVersion, httpClient, openTelemetrySourceName, openTelemetryConfig);
        return builder;
    }
}
