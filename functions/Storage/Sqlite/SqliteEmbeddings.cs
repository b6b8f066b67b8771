using System.Runtime.InteropServices;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Vectors;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// The embeddings in SQLite and the index over them in memory. Before a search the index reads the changes that it has not
/// seen, mostly none: so it knows every durable embedding, those that another process stored included, and a failed or
/// interrupted write can never bring it out of step. For another file in the place of the one before it begins anew.
/// </summary>
internal sealed class SqliteEmbeddings(SqliteDatabase database, int defaultDimension) : IDisposable
{
    private const int ChangesPerRead = 512;

    private readonly SemaphoreSlim _catchingUp = new(1, 1);
    private volatile Copy _copy = new(0, 0, new VectorIndex(defaultDimension));

    /// <summary>Stores or replaces an embedding within the open transaction.</summary>
    public void Set(SqliteConnection connection, string requestId, ReadOnlySpan<float> vector)
    {
        InvalidVectorException.ThrowIfInvalid(vector, StoredLength(connection) ?? defaultDimension);
        Replace(connection, requestId, MemoryMarshal.AsBytes(vector).ToArray());
    }

    /// <summary>How many numbers the stored embeddings have; null where there are none.</summary>
    public static int? StoredLength(SqliteConnection connection) =>
        connection.ExecuteScalar<int?>("SELECT length(vector) FROM embeddings WHERE vector IS NOT NULL LIMIT 1") / sizeof(float);

    /// <summary>Removes an embedding within the open transaction.</summary>
    public static void Remove(SqliteConnection connection, string requestId) => Replace(connection, requestId, vector: null);

    /// <summary>The stored embeddings nearest to a vector; see <see cref="VectorIndex.Search"/>.</summary>
    public async Task<VectorMatch[]> SearchAsync(
        ReadOnlyMemory<float> vector, int maxResults, double minimumScore, CancellationToken cancellationToken)
    {
        VectorIndex index = await CatchUpAsync(cancellationToken);
        InvalidVectorException.ThrowIfInvalid(vector.Span, index.Count > 0 ? index.Dimension : defaultDimension);
        return index.Count > 0 ? index.Search(vector.Span, maxResults, minimumScore) : [];
    }

    /// <inheritdoc/>
    public void Dispose() => _catchingUp.Dispose();

    private static void Replace(SqliteConnection connection, string requestId, byte[]? vector) =>
        connection.Execute("INSERT OR REPLACE INTO embeddings (request_id, vector) VALUES (@requestId, @vector)", new { requestId, vector });

    private async Task<VectorIndex> CatchUpAsync(CancellationToken cancellationToken)
    {
        (int generation, long latest) = await database.ReadAsync(
            connection => (database.Generation, connection.ExecuteScalar<long>("SELECT coalesce(max(change), 0) FROM embeddings")), cancellationToken);
        if (_copy.Generation == generation && _copy.Seen >= latest)
        {
            return _copy.Index;
        }

        await _catchingUp.WaitAsync(cancellationToken);
        try
        {
            ChangeRow[] rows;
            do
            {
                (generation, rows) = await database.ReadAsync(ReadChanges, cancellationToken);
                Copy known = _copy.Generation == generation ? _copy : new Copy(generation, 0, new VectorIndex(defaultDimension));
                _copy = new Copy(generation, rows is [.., var last] ? last.Change : known.Seen, Apply(known.Index, [.. rows.Select(row => row.ToChange())]));
            }
            while (rows.Length == ChangesPerRead);

            return _copy.Index;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    private (int Generation, ChangeRow[] Rows) ReadChanges(SqliteConnection connection)
    {
        long seen = _copy.Generation == database.Generation ? _copy.Seen : 0;
        IEnumerable<ChangeRow> rows = connection.Query<ChangeRow>(
            """
            SELECT change AS Change, request_id AS RequestId, vector AS Vector
            FROM embeddings
            WHERE change > @seen
            ORDER BY change
            LIMIT @ChangesPerRead
            """,
            new { seen, ChangesPerRead });
        return (database.Generation, [.. rows]);
    }

    private static VectorIndex Apply(VectorIndex index, ReadOnlySpan<VectorChange> changes)
    {
        int applied = 0;
        for (int i = 0; i < changes.Length; i++)
        {
            // Another length follows only when every vector of the former one is gone.
            if (changes[i].Vector is { } vector && vector.Length != index.Dimension)
            {
                index.Apply(changes[applied..i]);
                index = new VectorIndex(vector.Length);
                applied = i;
            }
        }

        index.Apply(changes[applied..]);
        return index;
    }

    /// <summary>What is known of a file's embeddings: all of them up to the change seen last.</summary>
    private sealed record Copy(int Generation, long Seen, VectorIndex Index);

    private sealed class ChangeRow
    {
        public required long Change { get; init; }

        public required string RequestId { get; init; }

        public byte[]? Vector { get; init; }

        public VectorChange ToChange() => new(RequestId, Vector is null ? null : MemoryMarshal.Cast<byte, float>(Vector).ToArray());
    }
}
