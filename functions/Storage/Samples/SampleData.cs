using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Maintenance;

namespace ContosoSuites.Functions.Storage.Samples;

/// <summary>The hotels, bookings and maintenance requests that a new store starts with; the files are in infra/data.</summary>
/// <param name="Hotels">The hotels.</param>
/// <param name="Bookings">Their bookings.</param>
/// <param name="MaintenanceRequests">Their maintenance requests, without embeddings.</param>
internal sealed record SampleData(
    IReadOnlyList<Hotel> Hotels, IReadOnlyList<Booking> Bookings, IReadOnlyList<MaintenanceRequest> MaintenanceRequests)
{
    /// <summary>Reads the files that are embedded in this assembly.</summary>
    public static SampleData Load() =>
        new(Read<Hotel>("hotels.json"), Read<Booking>("bookings.json"), Read<MaintenanceRequest>("maintenance-requests.json"));

    private static List<T> Read<T>(string file)
    {
        using Stream stream = typeof(SampleData).Assembly.GetManifestResourceStream($"SampleData/{file}")
            ?? throw new InvalidOperationException($"The app was built without infra/data/{file}.");
        return JsonSerializer.Deserialize<List<T>>(stream)
            ?? throw new InvalidOperationException($"infra/data/{file} holds no list.");
    }
}
