using System.Text.Json.Serialization;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>What vector search tells of a request that it found.</summary>
/// <param name="HotelId">The hotel it is about.</param>
/// <param name="Hotel">That hotel's name.</param>
/// <param name="Details">What is wrong, in the reporter's words.</param>
/// <param name="Source">Who reported it.</param>
/// <param name="SimilarityScore">The cosine of the angle between its embedding and the one searched for: 1 is the same direction.</param>
public sealed record SimilarMaintenanceRequest(
    [property: JsonPropertyName("hotelId")] int HotelId,
    [property: JsonPropertyName("hotel")] string Hotel,
    [property: JsonPropertyName("details")] string Details,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("similarityScore")] double SimilarityScore)
{
    /// <summary>The answer for a request that the store found.</summary>
    public static SimilarMaintenanceRequest From(MaintenanceRequestMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new(match.Request.HotelId, match.Request.Hotel, match.Request.Details, match.Request.Source, match.SimilarityScore);
    }
}
