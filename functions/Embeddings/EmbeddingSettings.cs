using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>Section <c>Embeddings</c>.</summary>
public sealed class EmbeddingSettings
{
    /// <summary>The most numbers that a vector can have.</summary>
    internal const int MaxDimensions = 16_384;

    /// <summary>The longest text to embed, in UTF-16 characters.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000 characters.")]
    public int MaxTextLength { get; set; } = 8000;

    /// <summary>
    /// How many numbers the embedding deployment's vectors have. Counts as long as no vector is stored; then it is the length
    /// of those.
    /// </summary>
    [Range(1, MaxDimensions, ErrorMessage = "must be from 1 to 16384: how many numbers the embedding deployment's vectors have.")]
    public int Dimensions { get; set; } = 1536;
}
