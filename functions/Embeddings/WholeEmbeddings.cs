using ContosoSuites.Functions.Gateway;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>Lets embeddings through when there is one for each text and all are as long as the settings say.</summary>
/// <param name="inner">The kernel's embedding generator.</param>
/// <param name="settings">Section <c>Embeddings</c>.</param>
/// <param name="calls">Knows what the last answer was.</param>
internal sealed class WholeEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingSettings settings, ModelCalls calls)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        GeneratedEmbeddings<Embedding<float>> embeddings;
        try
        {
            embeddings = await base.GenerateAsync(texts, options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ModelCallException(UnreadAnswer.Explain(e, calls.Current?.LastAnswer).Cause);
        }

        if (embeddings.Count != texts.Length)
        {
            var missing = new InvalidDataException("There is not one embedding for each text.");
            throw new ModelCallException(UnreadAnswer.Explain(missing, calls.Current?.LastAnswer).Cause);
        }

        foreach (Embedding<float> embedding in embeddings)
        {
            if (embedding.Vector.Length != settings.Dimensions)
            {
                throw new ModelCallException(new EmbeddingLengthException(embedding.Vector.Length, settings.Dimensions));
            }
        }

        return embeddings;
    }
}

/// <summary>The kernel's embedding model as the functions use it.</summary>
internal static class EmbeddingModel
{
    /// <summary>The embedding of a text, as long as <c>Embeddings:Dimensions</c> says.</summary>
    /// <exception cref="ModelCallException">The call brought no such embedding.</exception>
    public static Task<ReadOnlyMemory<float>> EmbedAsync(this Kernel kernel, string text, CancellationToken cancellationToken) =>
        kernel.GetRequiredService<WholeEmbeddings>().GenerateVectorAsync(text, cancellationToken: cancellationToken);
}
