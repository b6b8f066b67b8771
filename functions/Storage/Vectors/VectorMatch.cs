namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>A vector that a search found.</summary>
/// <param name="Id">Identifies the vector.</param>
/// <param name="Score">The cosine similarity to the vector searched for.</param>
internal readonly record struct VectorMatch(string Id, double Score);
