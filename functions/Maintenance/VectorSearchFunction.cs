using System.Text.Json.Serialization;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>POST api/VectorSearch?max_results=&amp;minimum_similarity_score=: the maintenance requests nearest to a vector.</summary>
/// <param name="requests">The store.</param>
public sealed class VectorSearchFunction(IMaintenanceRequestStore requests)
{
    private const double DefaultMinimumScore = 0.8;

    // A number takes some 24 characters at most, and RequestBody allows 12 bytes for each of these.
    private const int LongestVector = 2 * EmbeddingSettings.MaxDimensions;

    /// <summary>Answers the matches with a score above the minimum (0.8 by default), best first, all of them unless max_results is positive.</summary>
    /// <param name="request">A JSON array of floats, as Vectorize answers; the content type does not matter.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function("VectorSearch")]
    public async Task<Ok<IEnumerable<SimilarMaintenanceRequest>>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        int maxResults = request.Query.ReadWholeNumber("max_results") ?? 0;
        double minimumScore = request.Query.ReadNumber("minimum_similarity_score", -1, 1) ?? DefaultMinimumScore;
        float[] vector = await request.ReadJsonAsync<float[]>(
            LongestVector, "a JSON array of finite numbers, as Vectorize answers it", cancellationToken) ?? [];
        try
        {
            IReadOnlyList<MaintenanceRequestMatch> matches = await requests.SearchAsync(vector, maxResults, minimumScore, cancellationToken);
            return TypedResults.Ok(matches.Select(SimilarMaintenanceRequest.From));
        }
        catch (InvalidVectorException e)
        {
            throw InvalidRequestException.BadRequest("The vector can not be searched for.", e.Message, e);
        }
    }
}

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
