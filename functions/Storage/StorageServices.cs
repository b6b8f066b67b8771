using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Storage;

/// <summary>The stores.</summary>
internal static class StorageServices
{
    /// <summary>Reads section <c>Storage</c> and adds the stores, over one SQLite file that is opened at first use.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        StorageOptions options = builder.AddSettings<StorageOptions>("Storage");
        string file = Path.GetFullPath(options.SqlitePath, builder.Environment.ContentRootPath);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new SqliteDatabase(
            file, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SqliteDatabase>>()));
        builder.Services.AddSingleton(services => new SqliteEmbeddings(
            services.GetRequiredService<SqliteDatabase>(), services.GetRequiredService<EmbeddingSettings>().Dimensions));
        builder.Services.AddSingleton<IHotelStore, SqliteHotelStore>();
        builder.Services.AddSingleton<IMaintenanceRequestStore, SqliteMaintenanceRequestStore>();
        builder.Services.AddSingleton<IConversationStore, SqliteConversationStore>();
        builder.Services.AddSingleton<IDistributionStore, SqliteDistributionStore>();
        builder.Services.AddSingleton<IStorageProbe, SqliteProbe>();
    }
}
