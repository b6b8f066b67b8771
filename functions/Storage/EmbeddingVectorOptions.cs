namespace ContosoSuites.Functions.Storage;

/// <summary>The settings below <c>Embeddings</c> that storage needs.</summary>
public sealed class EmbeddingVectorOptions
{
    /// <summary>The section that they stand in.</summary>
    public const string Section = "Embeddings";

    /// <summary>The most numbers that a vector can have.</summary>
    public const int MaxDimensions = 16_384;

    /// <summary>
    /// How many numbers the embedding model's vectors have. Counts as long as no vector is stored; then it is the length of
    /// those.
    /// </summary>
    public int Dimensions { get; set; } = 1536;
}
