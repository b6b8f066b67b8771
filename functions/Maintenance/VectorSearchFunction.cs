using System.Globalization;
using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>POST api/VectorSearch?max_results=&amp;minimum_similarity_score=: the maintenance requests nearest to a vector.</summary>
/// <param name="requests">The store.</param>
/// <param name="function">Runs the function's work.</param>
public sealed class VectorSearchFunction(IMaintenanceRequestStore requests, HttpFunction function)
{
    private const double DefaultMinimumScore = 0.8;

    /// <summary>Answers the matches with a score above the minimum (0.8 by default), best first, all of them unless max_results is positive.</summary>
    /// <param name="request">A JSON array of floats, as Vectorize answers; the content type does not matter.</param>
    [Function("VectorSearch")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) =>
        function.RunAsync("VectorSearch", request, async (_, cancellationToken) =>
        {
            int maxResults = Read(request.Query, "max_results", 0, text => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture), "a whole number; 0 means all");
            double minimumScore = Read(request.Query, "minimum_similarity_score", DefaultMinimumScore, ParseScore, "a number from -1 to 1");

            // A float takes at most some 20 characters; the longest vector that can be stored bounds the body.
            float[] vector = await request.ReadJsonAsync<float[]>(
                EmbeddingVectorOptions.MaxDimensions * 2, "a JSON array of finite numbers, as Vectorize answers it", cancellationToken) ?? [];
            try
            {
                IReadOnlyList<MaintenanceRequestMatch> matches = await requests.SearchAsync(vector, maxResults, minimumScore, cancellationToken);
                return TypedResults.Json(matches.Select(SimilarMaintenanceRequest.From));
            }
            catch (InvalidVectorException e)
            {
                throw InvalidRequestException.BadRequest("The vector can not be searched for.", e.Message, e);
            }
        });

    private static double ParseScore(string text)
    {
        double score = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return score is >= -1 and <= 1 ? score : throw new FormatException();
    }

    private static T Read<T>(IQueryCollection query, string name, T absent, Func<string, T> parse, string expected)
    {
        if (query[name].ToString() is not { Length: > 0 } text)
        {
            return absent;
        }

        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw InvalidRequestException.BadRequest($"The {name} is not valid.", $"It has to be {expected}.", e);
        }
    }
}
