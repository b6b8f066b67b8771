using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Section <c>AzureOpenAI</c>: the deployments, named alike on every instance behind the gateway.</summary>
public sealed class AzureOpenAIOptions : IValidatableObject
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

    /// <summary>
    /// US dollars per million prompt and completion tokens by deployment, as in
    /// <c>gpt-5.4-mini=0.825/4.95,text-embedding-3-small=0.02/0</c>; empty for none, and then nothing has a cost.
    /// </summary>
    public string Prices { get; set; } = "";

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1033:Interface methods should be callable by child types", Justification = "The class is sealed.")]
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (ModelPrices.FindWrong(Prices) is { } wrong)
        {
            yield return new ValidationResult(wrong, [nameof(Prices)]);
        }
    }
}
