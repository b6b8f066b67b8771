using ContosoSuites.Functions.Maintenance;
using Microsoft.Azure.Cosmos;

namespace ContosoSuites.Functions.Storage.Cosmos;

/// <summary>The queries on the maintenance requests. None of them asks for a vector: it is larger than all the rest.</summary>
internal static class RequestQueries
{
    private const string Fields = "c.id, c.hotel_id, c.hotel, c.source, c.date, c.details, c.room_number, c.location, c.embedded";
    private const string Similarity = "VectorDistance(c.request_vector, @vector)";

    /// <summary>One request.</summary>
    public static QueryDefinition ById(string id) => new QueryDefinition($"SELECT {Fields} FROM c WHERE c.id = @id").WithParameter("@id", id);

    /// <summary>Where one request is stored, for who knows its id only.</summary>
    public static QueryDefinition PlaceOf(string id) =>
        new QueryDefinition("SELECT c.hotel_id, c.idempotency_key FROM c WHERE c.id = @id").WithParameter("@id", id);

    /// <summary>The newest requests that the filters let pass, from behind a position.</summary>
    public static QueryDefinition Newest(MaintenanceRequestQuery filters, PagePosition? behind, long limit)
    {
        // Only the conditions that apply, so that each combination can use its index.
        string?[] conditions =
        [
            filters.HotelId is null ? null : "c.hotel_id = @hotelId",
            filters.Source is null ? null : "c.source = @source",
            filters.Since is null ? null : "c.date >= @since",
            behind is null ? null : "(c.date < @date OR (c.date = @date AND c.id < @id))",
        ];
        string[] applied = [.. conditions.OfType<string>()];
        string where = applied.Length == 0 ? "" : $"WHERE {string.Join(" AND ", applied)} ";
        QueryDefinition query = Page($"SELECT TOP @limit {Fields} FROM c {where}ORDER BY c.date DESC, c.id DESC", behind, limit);
        query = filters.HotelId is { } hotelId ? query.WithParameter("@hotelId", hotelId) : query;
        query = filters.Source is { } source ? query.WithParameter("@source", source) : query;
        return filters.Since is { } since ? query.WithParameter("@since", StoredTime.Format(since)) : query;
    }

    /// <summary>The oldest requests without an embedding, from behind a position.</summary>
    public static QueryDefinition Pending(PagePosition? behind, long limit)
    {
        string after = behind is null ? "" : " AND (c.date > @date OR (c.date = @date AND c.id > @id))";
        return Page($"SELECT TOP @limit {Fields} FROM c WHERE c.embedded = false{after} ORDER BY c.date ASC, c.id ASC", behind, limit);
    }

    /// <summary>The requests nearest to a vector, by the vector index; equals in any order.</summary>
    public static QueryDefinition Nearest(float[] vector, int limit) =>
        new QueryDefinition($"SELECT TOP @limit {Fields}, {Similarity} AS similarity FROM c WHERE c.embedded = true ORDER BY {Similarity}")
            .WithParameter("@limit", limit)
            .WithParameter("@vector", vector);

    /// <summary>Every request more similar than that, in any order: Cosmos DB sorts by similarity only with a limit.</summary>
    public static QueryDefinition MoreSimilarThan(double minimum, float[] vector) => Similar(">", minimum, vector);

    /// <summary>Every request at least that similar, in any order.</summary>
    public static QueryDefinition AtLeastAsSimilarAs(double similarity, float[] vector) => Similar(">=", similarity, vector);

    private static QueryDefinition Similar(string comparison, double bound, float[] vector) =>
        new QueryDefinition($"SELECT {Fields}, {Similarity} AS similarity FROM c WHERE c.embedded = true AND {Similarity} {comparison} @bound")
            .WithParameter("@bound", bound)
            .WithParameter("@vector", vector);

    private static QueryDefinition Page(string text, PagePosition? behind, long limit)
    {
        QueryDefinition query = new QueryDefinition(text).WithParameter("@limit", limit);
        return behind is null ? query : query.WithParameter("@date", behind.Date).WithParameter("@id", behind.Id);
    }
}
