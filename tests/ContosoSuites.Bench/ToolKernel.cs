using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Bench;

/// <summary>A kernel with the tools that the app's chat has, over a store of its own.</summary>
internal static class ToolKernel
{
    public static Kernel Create(BenchFolder folder)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddHotels();
        builder.Services.AddSingleton(new SqliteDatabase(folder.File("tools.db"), TimeProvider.System, NullLogger<SqliteDatabase>.Instance, new StorageOutage(NullLogger<StorageOutage>.Instance)));
        builder.Services.AddSingleton<IHotelStore, SqliteHotelStore>();
        return builder.Build();
    }
}
