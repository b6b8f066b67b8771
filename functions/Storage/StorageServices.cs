using ContosoSuites.Functions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Functions.Storage;

/// <summary>Adds the stores to the app.</summary>
public static class StorageServices
{
    /// <summary>Adds the stores, over one SQLite file that is opened at first use.</summary>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section)
            .Validate(
                options => !string.IsNullOrWhiteSpace(options.SqlitePath),
                "The setting Storage:SqlitePath is empty. Give it the path of the database file, or leave it out for data/contoso-suites.db.")
            .Validate(
                options => options.SqlitePath is not ['~', ..],
                "The setting Storage:SqlitePath starts with ~, which only a shell understands. Write the folder out in full.")
            .ValidateOnStart();
        builder.Services.AddOptions<EmbeddingVectorOptions>()
            .BindConfiguration(EmbeddingVectorOptions.Section)
            .Validate(
                options => options.Dimensions is > 0 and <= EmbeddingVectorOptions.MaxDimensions,
                $"The setting Embeddings:Dimensions must be a number from 1 to {EmbeddingVectorOptions.MaxDimensions}: how many numbers the embedding model's vectors have.")
            .ValidateOnStart();

        string root = builder.Environment.ContentRootPath;
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new SqliteDatabase(
            Path.GetFullPath(services.GetRequiredService<IOptions<StorageOptions>>().Value.SqlitePath, root),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SqliteDatabase>>()));
        builder.Services.AddSingleton(services => new SqliteEmbeddings(
            services.GetRequiredService<SqliteDatabase>(),
            services.GetRequiredService<IOptions<EmbeddingVectorOptions>>().Value.Dimensions));
        builder.Services.AddSingleton<IHotelStore, SqliteHotelStore>();
        builder.Services.AddSingleton<IMaintenanceRequestStore, SqliteMaintenanceRequestStore>();
        builder.Services.AddSingleton<IConversationStore, SqliteConversationStore>();
        builder.Services.AddSingleton<IStorageProbe, SqliteProbe>();
        return builder;
    }
}
