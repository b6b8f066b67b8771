using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Cosmos;

/// <summary>The queries as Cosmos DB gets them: values in parameters only, and no vector in what comes back.</summary>
public sealed class RequestQueriesTests
{
    private const string Fields = "c.id, c.hotel_id, c.hotel, c.source, c.date, c.details, c.room_number, c.location, c.embedded";
    private static readonly float[] Vector = [0.6f, 0.8f];
    private static readonly PagePosition Behind = new("2027-03-01T12:00:00.0000000Z", "an id");

    [Fact]
    public void One_request_by_its_id() => AssertQuery(RequestQueries.ById("'"), $"SELECT {Fields} FROM c WHERE c.id = @id", ("@id", "'"));

    [Fact]
    public void The_place_of_a_request() =>
        AssertQuery(RequestQueries.PlaceOf("'"), "SELECT c.hotel_id, c.idempotency_key FROM c WHERE c.id = @id", ("@id", "'"));

    [Fact]
    public void The_first_page_of_all() =>
        AssertQuery(RequestQueries.Newest(new(), null, 51), $"SELECT TOP @limit {Fields} FROM c ORDER BY c.date DESC, c.id DESC", ("@limit", 51L));

    [Fact]
    public void A_further_page_with_every_filter() => AssertQuery(
        RequestQueries.Newest(
            new() { HotelId = 2, Source = "' OR 1=1", Since = new DateTimeOffset(2027, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)) }, Behind, 8),
        $"SELECT TOP @limit {Fields} FROM c WHERE c.hotel_id = @hotelId AND c.source = @source AND c.date >= @since AND "
        + "(c.date < @date OR (c.date = @date AND c.id < @id)) ORDER BY c.date DESC, c.id DESC",
        ("@limit", 8L), ("@date", Behind.Date), ("@id", Behind.Id), ("@hotelId", 2), ("@source", "' OR 1=1"), ("@since", "2027-01-01T00:00:00.0000000Z"));

    [Fact]
    public void Pending_ones() => AssertQuery(
        RequestQueries.Pending(null, 101), $"SELECT TOP @limit {Fields} FROM c WHERE c.embedded = false ORDER BY c.date ASC, c.id ASC", ("@limit", 101L));

    [Fact]
    public void Pending_ones_behind_a_position() => AssertQuery(
        RequestQueries.Pending(Behind, 101),
        $"SELECT TOP @limit {Fields} FROM c WHERE c.embedded = false AND (c.date > @date OR (c.date = @date AND c.id > @id)) ORDER BY c.date ASC, c.id ASC",
        ("@limit", 101L), ("@date", Behind.Date), ("@id", Behind.Id));

    [Fact]
    public void The_nearest_ones() => AssertQuery(
        RequestQueries.Nearest(Vector, 6),
        $"SELECT TOP @limit {Fields}, VectorDistance(c.request_vector, @vector) AS similarity FROM c WHERE c.embedded = true ORDER BY VectorDistance(c.request_vector, @vector)",
        ("@limit", 6), ("@vector", Vector));

    [Fact]
    public void All_above_a_minimum() => AssertQuery(
        RequestQueries.MoreSimilarThan(0.8, Vector),
        $"SELECT {Fields}, VectorDistance(c.request_vector, @vector) AS similarity FROM c WHERE c.embedded = true AND VectorDistance(c.request_vector, @vector) > @bound",
        ("@bound", 0.8), ("@vector", Vector));

    [Fact]
    public void All_from_a_similarity_on() => AssertQuery(
        RequestQueries.AtLeastAsSimilarAs(0.9, Vector),
        $"SELECT {Fields}, VectorDistance(c.request_vector, @vector) AS similarity FROM c WHERE c.embedded = true AND VectorDistance(c.request_vector, @vector) >= @bound",
        ("@bound", 0.9), ("@vector", Vector));

    private static void AssertQuery(QueryDefinition query, string text, params (string Name, object Value)[] parameters)
    {
        Assert.Equal(text, query.QueryText);
        Assert.Equal(parameters, query.GetQueryParameters());
    }
}
