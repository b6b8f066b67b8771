namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>
/// Exact search for the nearest vectors by cosine similarity, in memory.
/// </summary>
/// <remarks>
/// The vectors are scaled to length 1 when they come in and stand one after another in chunks of memory, so a search is one
/// pass of dot products at the speed of that memory. Readers work on an immutable snapshot and never wait. A writer
/// prepares the next snapshot aside: it appends to the last chunk, where no reader looks, and replaces any other chunk that
/// it has to change by a copy. A removed vector's place is taken by the last one, so no gaps build up.
/// </remarks>
internal sealed class VectorIndex
{
    private const int NumbersWorthAThread = 1 << 20;

    private readonly int _rowsPerChunk;
    private readonly Lock _writing = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private volatile VectorSnapshot _snapshot = VectorSnapshot.Empty;

    /// <summary>Creates an empty index for vectors of one length.</summary>
    public VectorIndex(int dimension, int rowsPerChunk = 256)
    {
        Dimension = dimension;
        _rowsPerChunk = rowsPerChunk;
    }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimension { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => _snapshot.Count;

    /// <summary>The vectors as a search that begins now sees them.</summary>
    public VectorSnapshot Snapshot => _snapshot;

    /// <summary>Applies changes in their order. Searches see all of them or none.</summary>
    public void Apply(params ReadOnlySpan<VectorChange> changes)
    {
        lock (_writing)
        {
            var next = new Draft(this, _snapshot);
            foreach (VectorChange change in changes)
            {
                if (change.Vector is { } vector)
                {
                    next.Set(change.Id, vector);
                }
                else
                {
                    next.Remove(change.Id);
                }
            }

            _snapshot = next.Finish();
        }
    }

    /// <summary>
    /// The vectors nearest to the given one, best first, equals by id: those that score above the minimum, at most
    /// <paramref name="maxResults"/> or all when that is not positive.
    /// </summary>
    public VectorMatch[] Search(ReadOnlySpan<float> vector, int maxResults, double minimumScore)
    {
        VectorSnapshot snapshot = _snapshot;
        var query = new float[Dimension];
        UnitVector.Write(vector, query);

        var best = new BestMatches(maxResults, minimumScore);
        int threads = ThreadsFor(snapshot.Count, Dimension);
        int nextChunk = -1;
        if (threads == 1)
        {
            Scan(best);
        }
        else
        {
            Parallel.For(0, threads, _ =>
            {
                var own = new BestMatches(maxResults, minimumScore);
                Scan(own);
                lock (best)
                {
                    best.Offer(own);
                }
            });
        }

        return best.Drain();

        // Chunks are handed out one at a time, so a thread that is held up does not hold up the search.
        void Scan(BestMatches matches)
        {
            for (int i; (i = Interlocked.Increment(ref nextChunk)) < snapshot.Chunks.Length;)
            {
                VectorChunk chunk = snapshot.Chunks[i];
                int rows = RowsOf(i, snapshot.Count);
                for (int row = 0; row < rows; row++)
                {
                    // Rounding can carry a cosine slightly past 1.
                    float cosine = Math.Clamp(DotProduct.Of(query, chunk.Row(row)), -1f, 1f);
                    matches.Offer(chunk.Ids[row], cosine);
                }
            }
        }
    }

    /// <summary>How many threads a search over so many vectors has.</summary>
    public static int ThreadsFor(int count, int dimension) =>
        (int)Math.Clamp((long)count * dimension / NumbersWorthAThread, 1, Environment.ProcessorCount);

    private int RowsOf(int chunk, int count) => Math.Min(_rowsPerChunk, count - (chunk * _rowsPerChunk));

    /// <summary>The next snapshot while it is being made.</summary>
    private sealed class Draft(VectorIndex index, VectorSnapshot start)
    {
        private readonly List<VectorChunk> _chunks = [.. start.Chunks];
        private int _count = start.Count;

        public void Set(string id, ReadOnlySpan<float> vector)
        {
            if (!index._places.TryGetValue(id, out int place))
            {
                place = _count++;
                index._places.Add(id, place);
                if (place == _chunks.Count * index._rowsPerChunk)
                {
                    _chunks.Add(new VectorChunk(index._rowsPerChunk, index.Dimension));
                }
            }

            UnitVector.Write(vector, Write(place, id));
        }

        public void Remove(string id)
        {
            if (!index._places.Remove(id, out int place))
            {
                return;
            }

            int last = --_count;
            if (place != last)
            {
                (int chunk, int row) = Math.DivRem(last, index._rowsPerChunk);
                string moved = _chunks[chunk].Ids[row];
                _chunks[chunk].Row(row).CopyTo(Write(place, moved));
                index._places[moved] = place;
            }

            if (last % index._rowsPerChunk == 0)
            {
                _chunks.RemoveAt(_chunks.Count - 1);
            }
        }

        public VectorSnapshot Finish()
        {
            for (int i = 0; i < _chunks.Count; i++)
            {
                _chunks[i].Publish(index.RowsOf(i, _count));
            }

            return new VectorSnapshot([.. _chunks], _count);
        }

        private Span<float> Write(int place, string id)
        {
            (int chunk, int row) = Math.DivRem(place, index._rowsPerChunk);
            if (!_chunks[chunk].IsWritable(row))
            {
                _chunks[chunk] = _chunks[chunk].Copy();
            }

            return _chunks[chunk].Write(row, id);
        }
    }
}

/// <summary>A vector that is new or has changed, or whose owner was deleted.</summary>
/// <param name="Id">Identifies the vector.</param>
/// <param name="Vector">Its numbers, of any length but zero; null when it was deleted.</param>
internal readonly record struct VectorChange(string Id, float[]? Vector);

/// <summary>The vectors at one moment. Never changes, so any number of searches can read it while writers go on.</summary>
/// <param name="Chunks">The memory; every chunk but the last is full.</param>
/// <param name="Count">How many vectors there are.</param>
internal sealed record VectorSnapshot(VectorChunk[] Chunks, int Count)
{
    /// <summary>No vectors.</summary>
    public static VectorSnapshot Empty { get; } = new([], 0);
}
