using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Cosmos;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>
/// What a search asks for on the wire, and what it makes of answers written down here. Which vectors are near, only an
/// account can tell: <see cref="CosmosAccountStore"/>.
/// </summary>
public sealed class VectorQueryTests(CosmosEmulator emulator) : IClassFixture<CosmosEmulator>, IAsyncLifetime
{
    private readonly CosmosFaults _answers = new();
    private readonly List<JsonElement> _asked = [];
    private CosmosClient _client = null!;
    private IMaintenanceRequestStore _requests = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = await emulator.ConnectAsync(_answers);
        CosmosSettings settings = await emulator.CreateDatabaseAsync(_client, vectorDimensions: 2);
        StoresUnderTest stores = CosmosStores.Create(CosmosStores.Open(_client, settings), settings, TimeProvider.System, null!, dimensions: 2);
        _requests = stores.Requests;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_nearest_are_asked_for_by_the_unit_vector_and_one_more_than_wanted()
    {
        AnswerWith([("b", 0.9), ("a", 0.95), ("c", 0.7)]);

        IReadOnlyList<MaintenanceRequestMatch> matches = await _requests.SearchAsync(new float[] { 30, 40 }, 2, 0.8, Ct);

        Assert.Equal([("a", 0.95), ("b", 0.9)], matches.Select(match => (match.Request.Id, match.SimilarityScore)));
        JsonElement query = Assert.Single(_asked);
        Assert.StartsWith("SELECT TOP @limit", query.GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.Equal("3", Parameter(query, "@limit").GetRawText());
        Assert.Equal([0.6f, 0.8f], Parameter(query, "@vector").EnumerateArray().Select(number => number.GetSingle()));
    }

    [Fact]
    public async Task Only_what_scores_above_the_minimum_is_among_the_nearest()
    {
        AnswerWith([("a", 0.8), ("b", 0.81), ("c", 1.0000001)]);

        IReadOnlyList<MaintenanceRequestMatch> matches = await _requests.SearchAsync(new float[] { 1, 0 }, 5, 0.8, Ct);

        Assert.Equal([("c", 1), ("b", 0.81)], matches.Select(match => (match.Request.Id, match.SimilarityScore)));
    }

    [Fact]
    public async Task Where_the_cut_goes_through_equals_all_of_them_are_asked_for_and_the_id_decides()
    {
        AnswerWith([("z", 0.9), ("c", 0.8), ("d", 0.8)], [("d", 0.8), ("b", 0.8), ("z", 0.9), ("c", 0.8)]);

        IReadOnlyList<MaintenanceRequestMatch> matches = await _requests.SearchAsync(new float[] { 1, 0 }, 2, 0, Ct);

        Assert.Equal(["z", "b"], matches.Select(match => match.Request.Id));
        Assert.Equal(0.8, Parameter(_asked[1], "@bound").GetDouble());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task All_are_asked_for_by_the_minimum(int maxResults)
    {
        AnswerWith([("b", 0.9), ("a", 0.9), ("c", 0.95)]);

        IReadOnlyList<MaintenanceRequestMatch> matches = await _requests.SearchAsync(new float[] { 1, 0 }, maxResults, 0.5, Ct);

        Assert.Equal(["c", "a", "b"], matches.Select(match => match.Request.Id));
        JsonElement query = Assert.Single(_asked);
        Assert.DoesNotContain("ORDER BY", query.GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.Equal(0.5, Parameter(query, "@bound").GetDouble());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_vector_of_another_length_is_refused_before_it_is_asked_for(int length)
    {
        InvalidVectorException refused = await Assert.ThrowsAsync<InvalidVectorException>(
            () => _requests.SearchAsync(Enumerable.Repeat(1f, length).ToArray(), 1, 0, Ct));

        Assert.Equal((2, length), (refused.ExpectedLength, refused.GivenLength));
        Assert.Contains("AzureOpenAI:EmbeddingDeploymentName", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    private static JsonElement Parameter(JsonElement query, string name) =>
        query.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("value");

    private void AnswerWith(params (string Id, double Similarity)[][] answers) => _answers.Answer = request =>
    {
        if (!request.Headers.Contains("x-ms-documentdb-isquery"))
        {
            return null;
        }

        using var body = new StreamReader(request.Content!.ReadAsStream(Ct));
        _asked.Add(JsonElement.Parse(body.ReadToEnd()));
        string documents = string.Join(',', answers[_asked.Count - 1].Select(answer =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{answer.Id}}","hotel_id":1,"hotel":"x","source":"staff","date":"2027-03-01T12:00:00.0000000Z","details":"x","embedded":true,"similarity":{{answer.Similarity:R}}}""")));
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"Documents":[{{documents}}],"_count":{{answers[_asked.Count - 1].Length}}}""", Encoding.UTF8, "application/json"),
        };
        response.Headers.Add("x-ms-cosmos-query-requiresdistribution", "False");
        return response;
    };
}
