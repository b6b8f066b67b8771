namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>The vectors at one moment. Never changes, so any number of searches can read it while writers go on.</summary>
/// <param name="Chunks">The memory; every chunk but the last is full.</param>
/// <param name="Count">How many vectors there are.</param>
internal sealed record VectorSnapshot(VectorChunk[] Chunks, int Count)
{
    /// <summary>No vectors.</summary>
    public static VectorSnapshot Empty { get; } = new([], 0);
}
