using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Functions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage;

/// <summary>The stores.</summary>
internal static class StorageServices
{
    private const string SqlitePath = "Storage:SqlitePath";

    /// <summary>Reads sections <c>CosmosDB</c> and <c>Storage</c>, and adds the stores in Cosmos DB; where that is not set, those in SQLite.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StorageOutage>();
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

    /// <summary>Adds the stores over one SQLite file that is opened at first use.</summary>
    private static void AddSqliteStores(this IHostApplicationBuilder builder, StorageOptions options)
    {
        string file = Path.GetFullPath(options.SqlitePath, builder.Environment.ContentRootPath);

        builder.Services.AddSingleton(services => new SqliteDatabase(
            file, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SqliteDatabase>>(), services.GetRequiredService<StorageOutage>()));
        builder.Services.AddSingleton(services => new SqliteEmbeddings(
            services.GetRequiredService<SqliteDatabase>(), services.GetRequiredService<EmbeddingSettings>().Dimensions));
        builder.Services.AddSingleton<IHotelStore, SqliteHotelStore>();
        builder.Services.AddSingleton<IMaintenanceRequestStore, SqliteMaintenanceRequestStore>();
        builder.Services.AddSingleton<IConversationStore, SqliteConversationStore>();
        builder.Services.AddSingleton<IDistributionStore, SqliteDistributionStore>();
        builder.Services.AddSingleton<IStorageProbe, SqliteProbe>();
    }
}
