namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>A vector that is new or has changed, or whose owner was deleted.</summary>
/// <param name="Id">Identifies the vector.</param>
/// <param name="Vector">Its numbers, of any length but zero; null when it was deleted.</param>
internal readonly record struct VectorChange(string Id, float[]? Vector);
