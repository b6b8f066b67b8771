using Microsoft.SemanticKernel;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>The kernel's embedding model as the functions use it.</summary>
internal static class EmbeddingModel
{
    /// <summary>The embedding of a text, as long as <c>Embeddings:Dimensions</c> says.</summary>
    /// <exception cref="Gateway.ModelCallException">The call brought no such embedding.</exception>
    public static Task<ReadOnlyMemory<float>> EmbedAsync(this Kernel kernel, string text, CancellationToken cancellationToken) =>
        kernel.GetRequiredService<WholeEmbeddings>().GenerateVectorAsync(text, cancellationToken: cancellationToken);
}
