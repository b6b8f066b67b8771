namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>What became of the sample data of one kind.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Created">How many were put there now.</param>
/// <param name="There">How many were there already.</param>
public sealed record CosmosSeedCount(string Name, int Created, int There);
