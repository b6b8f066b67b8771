using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Gateway;

/// <summary>The kernel's models as the functions use them: an answer is whole, or it is a <see cref="ModelCallException"/>.</summary>
internal static class KernelModels
{
    /// <summary>The chat model, with the loop that runs its tools.</summary>
    public static IChatClient GetChatClient(this Kernel kernel) => kernel.GetRequiredService<ToolLoop>();

    /// <summary>Whether the model refused to answer; its refusal is the text.</summary>
    public static bool IsRefusal(this ChatResponse response) => response.FinishReason == WholeAnswers.Refused;

    /// <summary>The embedding of a text, as long as <c>Embeddings:Dimensions</c> says.</summary>
    public static Task<ReadOnlyMemory<float>> EmbedAsync(this Kernel kernel, string text, CancellationToken cancellationToken) =>
        kernel.GetRequiredService<WholeEmbeddings>().GenerateVectorAsync(text, cancellationToken: cancellationToken);
}
