using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Embeddings;

/// <summary>Section <c>Embeddings</c>.</summary>
public sealed class EmbeddingSettings
{
    /// <summary>The longest text to embed, in UTF-16 characters.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000 characters.")]
    public int MaxTextLength { get; set; } = 8000;
}
