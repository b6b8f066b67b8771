using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Section <c>AzureOpenAI</c>: the deployments, named alike on every instance behind the gateway.</summary>
public sealed class AzureOpenAIOptions
{
    /// <summary>The chat model's deployment.</summary>
    [Required(ErrorMessage = "is missing: it is the name of the chat deployment, such as gpt-5.4-mini.")]
    public string DeploymentName { get; set; } = "";

    /// <summary>The embedding model's deployment.</summary>
    [Required(ErrorMessage = "is missing: it is the name of the embedding deployment, such as text-embedding-3-small.")]
    public string EmbeddingDeploymentName { get; set; } = "";

    /// <summary>How often one message may go to the chat model: once, and again with the results of the tools it asks for.</summary>
    [Range(2, 64, ErrorMessage = "must be from 2 to 64 calls.")]
    public int MaxModelCallsPerTurn { get; set; } = 8;
}
