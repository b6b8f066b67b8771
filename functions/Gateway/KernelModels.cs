using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Gateway;

/// <summary>The kernel's models as the functions use them.</summary>
internal static class KernelModels
{
    /// <summary>The chat model.</summary>
    /// <exception cref="UnreadableAnswerException">Out of the client's calls: the answer is none.</exception>
    public static IChatClient GetChatClient(this Kernel kernel) => new CheckedChatClient(kernel.GetRequiredService<IChatClient>());

    /// <summary>The embedding of a text.</summary>
    /// <exception cref="UnreadableAnswerException">The answer is none.</exception>
    public static async Task<ReadOnlyMemory<float>> EmbedAsync(this Kernel kernel, string text, CancellationToken cancellationToken)
    {
        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        try
        {
            return await generator.GenerateVectorAsync(text, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (UnreadableAnswerException.Explains(e))
        {
            throw new UnreadableAnswerException(e);
        }
    }
}
