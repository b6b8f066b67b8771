using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>The stores in SQLite.</summary>
internal static class SqliteServices
{
    /// <summary>Adds the stores over one SQLite file that is opened at first use.</summary>
    public static void AddSqliteStores(this IHostApplicationBuilder builder, StorageOptions options)
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
