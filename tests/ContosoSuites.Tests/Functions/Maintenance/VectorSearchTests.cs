using System.Globalization;
using System.Net;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance;

/// <summary>POST api/VectorSearch over requests that were reported through the API and embedded by the models.</summary>
public sealed class VectorSearchTests(VectorSearchTests.Reports reports) : IClassFixture<VectorSearchTests.Reports>
{
    private readonly HttpClient _app = reports.System.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("microwave not working at Grand Regency", "The microwave is not working. It hums and stays cold.")]
    [InlineData("water leaking under the kitchen sink", "There is a leak coming from under the kitchen sink and the carpet is soaked.")]
    [InlineData("television remote control without batteries", "The remote control of the television has no batteries.")]
    public async Task Finds_what_is_meant_first(string query, string expected)
    {
        List<SimilarMaintenanceRequest> found = await _app.SearchAsync(await _app.VectorizeAsync(query), "?minimum_similarity_score=0");

        Assert.Equal(expected, found[0].Details);
        Assert.Equal(found.OrderByDescending(match => match.SimilarityScore), found);
    }

    [Fact]
    public async Task Is_exact()
    {
        float[] query = await _app.VectorizeAsync("The shower in the bathroom is cold");
        var expected = new List<double>();
        foreach (MaintenanceRequest request in await _app.ListAllAsync())
        {
            string place = string.Join(", ", new[] { request.RoomNumber is null ? null : $"room {request.RoomNumber}", request.Location, request.Hotel }.OfType<string>());
            float[] vector = await _app.VectorizeAsync($"{request.Details} ({place})");
            expected.Add(TensorPrimitives.CosineSimilarity(query, vector));
        }

        List<SimilarMaintenanceRequest> found = await _app.SearchAsync(query, "?minimum_similarity_score=-1");

        Assert.Equal(expected.OrderDescending(), found.Select(match => match.SimilarityScore), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public async Task Answers_only_scores_above_the_minimum_which_is_high_by_default()
    {
        float[] query = await _app.VectorizeAsync("microwave");
        List<SimilarMaintenanceRequest> all = await _app.SearchAsync(query, "?minimum_similarity_score=-1");
        string minimum = all[4].SimilarityScore.ToString("R", CultureInfo.InvariantCulture);

        Assert.Equal(all.Where(match => match.SimilarityScore > all[4].SimilarityScore), await _app.SearchAsync(query, $"?minimum_similarity_score={minimum}"));
        Assert.Equal(all.Where(match => match.SimilarityScore > 0.8), await _app.SearchAsync(query));
        Assert.Empty(await _app.SearchAsync(query, "?minimum_similarity_score=1"));
    }

    [Theory]
    [InlineData(0.78, false)]
    [InlineData(0.82, true)]
    public async Task Four_fifths_is_what_a_match_is_by_default(double score, bool isFound)
    {
        MaintenanceRequest request = (await _app.ListAllAsync())[0];
        string place = string.Join(", ", new[] { request.RoomNumber is null ? null : $"room {request.RoomNumber}", request.Location, request.Hotel }.OfType<string>());
        float[] vector = await _app.VectorizeAsync($"{request.Details} ({place})");

        // The vector with as much of another direction as makes the score.
        float[] other = [.. vector.Select((_, i) => i % 2 == 0 ? 1f : -1f)];
        float along = TensorPrimitives.Dot<float>(other, vector) / TensorPrimitives.Dot<float>(vector, vector);
        float[] across = [.. other.Zip(vector, (one, two) => one - (along * two))];
        double length = Math.Sqrt(1 - (score * score)) * TensorPrimitives.Norm<float>(vector) / TensorPrimitives.Norm<float>(across);
        float[] query = [.. vector.Zip(across, (one, two) => (float)((score * one) + (length * two)))];

        Assert.Equal(isFound, (await _app.SearchAsync(query)).Exists(match => match.Details == request.Details && match.Hotel == request.Hotel));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1000000", null)]
    public async Task Answers_as_many_as_asked_for(string maxResults, int? count)
    {
        float[] query = await _app.VectorizeAsync("microwave");
        List<SimilarMaintenanceRequest> all = await _app.SearchAsync(query, "?minimum_similarity_score=-1");

        Assert.Equal(all.Take(count ?? int.MaxValue), await _app.SearchAsync(query, $"?minimum_similarity_score=-1&max_results={maxResults}"));
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public async Task The_length_of_the_vector_does_not_matter(float factor)
    {
        float[] query = await _app.VectorizeAsync("microwave");
        List<SimilarMaintenanceRequest> expected = await _app.SearchAsync(query, "?minimum_similarity_score=-1");

        List<SimilarMaintenanceRequest> found = await _app.SearchAsync([.. query.Select(number => number * factor)], "?minimum_similarity_score=-1");

        Assert.Equal(expected.Select(match => match.Details).Take(10), found.Select(match => match.Details).Take(10));
        Assert.Equal(expected[0].SimilarityScore, found[0].SimilarityScore, 4);
    }

    [Fact]
    public async Task Writes_matches_with_the_names_of_the_contract()
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch?minimum_similarity_score=-1&max_results=1",
            new StringContent(JsonSerializer.Serialize(await _app.VectorizeAsync("microwave"))),
            Cancellation);

        JsonElement match = Assert.Single((await TestSystem.JsonAsync(response)).EnumerateArray());
        Assert.Equal(["hotelId", "hotel", "details", "source", "similarityScore"], match.EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("[]", "1536")]
    [InlineData("[1, 2, 3]", "1536")]
    [InlineData("null", "1536")]
    [InlineData("", "JSON array")]
    [InlineData("the microwave is broken", "JSON array")]
    [InlineData("{\"vector\": [1]}", "JSON array")]
    [InlineData("[1, \"two\"]", "JSON array")]
    [InlineData("[1, null]", "JSON array")]
    [InlineData("[NaN]", "JSON array")]
    [InlineData("[[1], [2]]", "JSON array")]
    [InlineData("[1, 2", "JSON array")]
    public async Task A_body_that_is_no_vector_is_a_problem_that_says_what_is_expected(string body, string mention)
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, mention);
    }

    [Theory]
    [InlineData("\"NaN\"", "number")]
    [InlineData("\"Infinity\"", "number")]
    [InlineData("1e39", "infinite")]
    [InlineData("-1e400", "infinite")]
    public async Task A_number_that_is_not_finite_is_a_problem(string number, string mention)
    {
        string body = $"[{string.Join(",", Enumerable.Repeat("0.5", 1535))},{number}]";

        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, mention);
    }

    [Theory]
    [InlineData(1535)]
    [InlineData(1537)]
    [InlineData(3072)]
    public async Task A_vector_of_another_length_is_a_problem_that_names_both(int length)
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch", new StringContent(JsonSerializer.Serialize(Enumerable.Repeat(0.5f, length))), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "1536", length.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_vector_without_a_direction_is_a_problem()
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch", new StringContent(JsonSerializer.Serialize(new float[1536])), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, "all zero");
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_refused()
    {
        using HttpResponseMessage response = await _app.PostAsync(
            "VectorSearch", new StringContent($"[{string.Join(",", Enumerable.Repeat("0.5", 300_000))}]"), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "too large");
    }

    [Theory]
    [InlineData("max_results=many", "max_results")]
    [InlineData("max_results=2.5", "max_results")]
    [InlineData("max_results=99999999999", "max_results")]
    [InlineData("minimum_similarity_score=high", "minimum_similarity_score")]
    [InlineData("minimum_similarity_score=NaN", "minimum_similarity_score")]
    [InlineData("minimum_similarity_score=Infinity", "minimum_similarity_score")]
    [InlineData("minimum_similarity_score=1.01", "minimum_similarity_score")]
    [InlineData("minimum_similarity_score=-1.01", "minimum_similarity_score")]
    [InlineData("minimum_similarity_score=0,8", "minimum_similarity_score")]
    public async Task A_parameter_that_can_not_be_used_is_named(string query, string mention)
    {
        using HttpResponseMessage response = await _app.PostAsync(
            $"VectorSearch?{query}", new StringContent(JsonSerializer.Serialize(Enumerable.Repeat(0.5f, 1536))), Cancellation);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest, mention);
    }

    /// <summary>A system whose requests are all embedded.</summary>
    public sealed class Reports : IAsyncLifetime
    {
        public TestSystem System { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            System = await TestSystem.StartAsync();
            await System.App.StoreAsync(new { hotel_id = 2, source = "customer", details = "The microwave is not working. It hums and stays cold.", room_number = "205" });
            await System.App.StoreAsync(new { hotel_id = 2, source = "customer", details = "There is a leak coming from under the kitchen sink and the carpet is soaked.", room_number = "303" });
            await System.App.StoreAsync(new { hotel_id = 2, source = "staff", details = "The remote control of the television has no batteries.", room_number = "700" });
            await System.EmbedPendingAsync();
        }

        public ValueTask DisposeAsync() => System.DisposeAsync();
    }
}
