namespace ContosoSuites.Functions.Maintenance;

/// <summary>A stored request and how near its embedding is to the vector searched for.</summary>
/// <param name="Request">The request.</param>
/// <param name="SimilarityScore">The cosine similarity, from -1 to 1.</param>
public sealed record MaintenanceRequestMatch(MaintenanceRequest Request, double SimilarityScore);
