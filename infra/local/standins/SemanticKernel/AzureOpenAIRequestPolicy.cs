using System.ClientModel.Primitives;
using System.Reflection;

namespace Microsoft.SemanticKernel;

/// <summary>
/// What Azure OpenAI wants of a request and OpenAI does not: <c>api-version</c> in the query, the key in <c>api-key</c>
/// rather than in Authorization, a client request id, and the user agent of the Azure client.
/// </summary>
internal sealed class AzureOpenAIRequestPolicy(string apiKey, string apiVersion) : PipelinePolicy
{
    private static readonly string KernelVersion = typeof(Kernel).Assembly.GetName().Version!.ToString();

    private static readonly string UserAgent =
        $"Semantic-Kernel azsdk-net-AI.OpenAI/{typeof(AzureOpenAIRequestPolicy).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion}";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message.Request);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Prepare(message.Request);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Prepare(PipelineRequest request)
    {
        request.Uri = new UriBuilder(request.Uri!) { Query = $"api-version={Uri.EscapeDataString(apiVersion)}" }.Uri;
        request.Headers.Remove("Authorization");
        request.Headers.Set("api-key", apiKey);
        request.Headers.Set("Accept", "application/json");
        request.Headers.Set("User-Agent", UserAgent);
        request.Headers.Set("Semantic-Kernel-Version", KernelVersion);
        if (!request.Headers.TryGetValue("x-ms-client-request-id", out _))
        {
            request.Headers.Set("x-ms-client-request-id", Guid.NewGuid().ToString());
        }
    }
}
