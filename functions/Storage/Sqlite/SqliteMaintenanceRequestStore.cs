using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Vectors;
using Dapper;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>The maintenance requests in SQLite, with vector search in memory over the embeddings.</summary>
internal sealed class SqliteMaintenanceRequestStore(SqliteDatabase database, SqliteEmbeddings embeddings, TimeProvider timeProvider)
    : IMaintenanceRequestStore
{
    private const string Select = $"SELECT {RequestRow.Columns} FROM maintenance_requests";

    /// <inheritdoc/>
    public Task<CreateResult> CreateAsync(
        NewMaintenanceRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        MaintenanceRequest stored = request.ToStored(timeProvider.GetUtcNow());
        byte[]? fingerprint = idempotencyKey is null ? null : RequestFingerprint.Of(request);
        return database.WriteAsync(connection => FindByKey(connection, idempotencyKey, fingerprint) ?? Insert(connection), cancellationToken);

        CreateResult Insert(SqliteConnection connection)
        {
            try
            {
                RequestRow.Insert(connection, stored, idempotencyKey, fingerprint);
            }
            catch (SqliteException e) when (e.SqliteExtendedErrorCode == SQLITE_CONSTRAINT_FOREIGNKEY)
            {
                throw new UnknownHotelException(request.HotelId, e);
            }

            return new CreateResult(CreateOutcome.Created, stored);
        }
    }

    /// <inheritdoc/>
    public Task<MaintenanceRequest?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            connection => connection.QuerySingleOrDefault<RequestRow>($"{Select} WHERE id = @id", new { id })?.ToRequest(), cancellationToken);

    /// <inheritdoc/>
    public Task<MaintenanceRequestPage> ListAsync(MaintenanceRequestQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Only the conditions that apply, so that each combination can use its index.
        string?[] conditions =
        [
            query.HotelId is null ? null : "hotel_id = @HotelId",
            query.Source is null ? null : "source = @Source",
            query.Since is null ? null : "date >= @Since",
            query.ContinuationToken is null ? null : "(date, id) < (@Date, @Id)",
        ];
        string[] applied = [.. conditions.OfType<string>()];
        string where = applied.Length == 0 ? "" : $"WHERE {string.Join(" AND ", applied)}";
        return ReadPageAsync(
            $"{Select} {where} ORDER BY date DESC, id DESC LIMIT @Limit",
            query.PageSize,
            query.ContinuationToken,
            new { query.HotelId, query.Source, Since = query.Since is { } since ? StoredTime.Format(since) : null },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MaintenanceRequestPage> ListPendingAsync(
        int pageSize, string? continuationToken = null, CancellationToken cancellationToken = default)
    {
        string behind = continuationToken is null ? "" : "AND (date, id) > (@Date, @Id)";
        return ReadPageAsync(
            $"{Select} WHERE embedded = 0 {behind} ORDER BY date, id LIMIT @Limit", pageSize, continuationToken, filters: null, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SetEmbeddingAsync(string id, ReadOnlyMemory<float> embedding, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            connection =>
            {
                if (connection.Execute("UPDATE maintenance_requests SET embedded = 1 WHERE id = @id", new { id }) == 0)
                {
                    return false;
                }

                embeddings.Set(connection, id, embedding.Span);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MaintenanceRequestMatch>> SearchAsync(
        ReadOnlyMemory<float> vector, int maxResults, double minimumScore, CancellationToken cancellationToken = default)
    {
        VectorMatch[] matches = await embeddings.SearchAsync(vector, maxResults, minimumScore, cancellationToken);
        if (matches.Length == 0)
        {
            return [];
        }

        // The ids as one JSON parameter: any number of them, and the statement stays the same.
        string ids = JsonSerializer.Serialize(matches.Select(match => match.Id));
        Dictionary<string, MaintenanceRequest> requests = await database.ReadAsync(
            connection => connection
                .Query<RequestRow>($"{Select} WHERE id IN (SELECT value FROM json_each(@ids))", new { ids })
                .ToDictionary(row => row.Id, row => row.ToRequest(), StringComparer.Ordinal),
            cancellationToken);

        // A request may have been deleted since the search.
        return
        [
            .. matches
                .Where(match => requests.ContainsKey(match.Id))
                .Select(match => new MaintenanceRequestMatch(requests[match.Id], match.Score))
        ];
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            connection =>
            {
                if (connection.Execute("DELETE FROM maintenance_requests WHERE id = @id", new { id }) == 0)
                {
                    return false;
                }

                SqliteEmbeddings.Remove(connection, id);
                return true;
            },
            cancellationToken);

    private static CreateResult? FindByKey(SqliteConnection connection, string? key, byte[]? fingerprint)
    {
        if (key is null)
        {
            return null;
        }

        RequestRow? row = connection.QuerySingleOrDefault<RequestRow>($"{Select} WHERE idempotency_key = @key", new { key });
        if (row is null)
        {
            return null;
        }

        bool isSame = connection.ExecuteScalar<bool>(
            "SELECT fingerprint = @fingerprint FROM maintenance_requests WHERE id = @Id", new { row.Id, fingerprint });
        return new CreateResult(isSame ? CreateOutcome.AlreadyStored : CreateOutcome.KeyStandsForOther, row.ToRequest());
    }

    private async Task<MaintenanceRequestPage> ReadPageAsync(
        string sql, int pageSize, string? continuationToken, object? filters, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);

        // One more than the page holds tells whether there is a next one.
        PagePosition? position = PagePosition.FromToken(continuationToken);
        var parameters = new DynamicParameters(filters);
        parameters.Add("Limit", (long)pageSize + 1);
        parameters.Add("Date", position?.Date);
        parameters.Add("Id", position?.Id);

        RequestRow[] rows = await database.ReadAsync(connection => connection.Query<RequestRow>(sql, parameters).ToArray(), cancellationToken);
        RequestRow[] page = rows.Length > pageSize ? rows[..pageSize] : rows;
        return new MaintenanceRequestPage(
            [.. page.Select(row => row.ToRequest())],
            rows.Length > pageSize ? new PagePosition(page[^1].Date, page[^1].Id).ToToken() : null);
    }
}
