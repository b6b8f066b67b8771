namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>Compiled where CONTOSO_COSMOS_ENDPOINT names an account: see <see cref="CosmosAccountStore"/>.</summary>
public sealed class CosmosAccountStoreTests : CosmosAccountStore;
