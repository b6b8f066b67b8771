using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Functions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions;

/// <summary>Chooses the stores: the capabilities say what they need, and here alone is said who gives it.</summary>
internal static class StorageServices
{
    private const string SqlitePath = "Storage:SqlitePath";

    /// <summary>Reads sections <c>CosmosDB</c> and <c>Storage</c>, and adds the stores in Cosmos DB; where that is not set, those in SQLite.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StorageOutage>();
        builder.Services.AddSingleton<IProblemSource, StorageProblems>();
        CosmosSettings cosmos = builder.AddSettings<CosmosSettings>("CosmosDB");
        StorageOptions options = builder.AddSettings<StorageOptions>("Storage");
        if (!cosmos.IsConfigured)
        {
            builder.AddSqliteStores(options);
            return;
        }

        if (!string.IsNullOrWhiteSpace(builder.Configuration[SqlitePath]))
        {
            builder.AddWrongSetting(
                $"CosmosDB:AccountEndpoint and {SqlitePath}",
                $"each names a store, and the app has one. Remove {SqlitePath} to keep the data in Cosmos DB, or the section CosmosDB to keep it in SQLite.");
        }

        builder.AddCosmosStores(cosmos);
    }
}
