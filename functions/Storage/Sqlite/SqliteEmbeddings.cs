using System.Runtime.InteropServices;
using ContosoSuites.Functions.Storage.Vectors;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// The embeddings in SQLite and the index over them in memory. Before a search the index reads the changes that it has not
/// seen, mostly none: so it knows every durable embedding, those that another process stored included, and a failed or
/// interrupted write can never bring it out of step.
/// </summary>
internal sealed class SqliteEmbeddings(SqliteDatabase database, int defaultDimension) : IDisposable
{
    private const int ChangesPerRead = 512;

    private readonly SemaphoreSlim _catchingUp = new(1, 1);
    private volatile VectorIndex _index = new(defaultDimension);
    private long _seen;

    /// <summary>Stores or replaces an embedding within the open transaction.</summary>
    public void Set(SqliteConnection connection, string requestId, ReadOnlySpan<float> vector)
    {
        int dimension = connection.ExecuteScalar<int?>(
            "SELECT length(vector) FROM embeddings WHERE vector IS NOT NULL LIMIT 1") / sizeof(float) ?? defaultDimension;
        InvalidVectorException.ThrowIfInvalid(vector, dimension);
        Replace(connection, requestId, MemoryMarshal.AsBytes(vector).ToArray());
    }

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
        long latest = await database.ReadAsync(
            connection => connection.ExecuteScalar<long>("SELECT coalesce(max(change), 0) FROM embeddings"), cancellationToken);
        if (latest <= Interlocked.Read(ref _seen))
        {
            return _index;
        }

        await _catchingUp.WaitAsync(cancellationToken);
        try
        {
            while (_seen < latest)
            {
                ChangeRow[] rows = await database.ReadAsync(
                    connection => connection.Query<ChangeRow>(
                        """
                        SELECT change AS Change, request_id AS RequestId, vector AS Vector
                        FROM embeddings
                        WHERE change > @_seen
                        ORDER BY change
                        LIMIT @ChangesPerRead
                        """,
                        new { _seen, ChangesPerRead }).ToArray(),
                    cancellationToken);
                Apply([.. rows.Select(row => row.ToChange())]);
                Interlocked.Exchange(ref _seen, rows[^1].Change);
            }

            return _index;
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    private void Apply(ReadOnlySpan<VectorChange> changes)
    {
        int applied = 0;
        for (int i = 0; i < changes.Length; i++)
        {
            // Another length follows only when every vector of the former one is gone.
            if (changes[i].Vector is { } vector && vector.Length != _index.Dimension)
            {
                _index.Apply(changes[applied..i]);
                _index = new VectorIndex(vector.Length);
                applied = i;
            }
        }

        _index.Apply(changes[applied..]);
    }

    private sealed class ChangeRow
    {
        public required long Change { get; init; }

        public required string RequestId { get; init; }

        public byte[]? Vector { get; init; }

        public VectorChange ToChange() => new(RequestId, Vector is null ? null : MemoryMarshal.Cast<byte, float>(Vector).ToArray());
    }
}
