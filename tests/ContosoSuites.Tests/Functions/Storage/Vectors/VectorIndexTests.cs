using ContosoSuites.Functions.Storage.Vectors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Vectors;

public sealed class VectorIndexTests
{
    private const int Dimension = 4;

    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20270301UL, 77UL);

    [Fact]
    public void Any_series_of_changes_gives_what_a_plain_search_finds()
    {
        // Few ids and small whole numbers: many replacements, many equal scores.
        Gen<VectorChange> change =
            from id in Gen.Choose(0, 30)
            from isRemoval in Gen.Frequency((3, Gen.Constant(false)), (2, Gen.Constant(true)))
            from numbers in Gen.ArrayOf(Gen.Choose(-2, 2), Dimension)
            select new VectorChange($"id-{id:00}", isRemoval ? null : [.. numbers.Select((number, i) => i == 0 && number == 0 ? 1f : number)]);
        Gen<Trial> trial =
            from batches in Gen.ArrayOf(Gen.ArrayOf(change))
            from query in Gen.ArrayOf(Gen.Choose(-2, 2), Dimension)
            from maxResults in Gen.Choose(-1, 12)
            from minimum in Gen.Choose(-10, 9)
            from rowsPerChunk in Gen.Choose(1, 5)
            select new Trial(batches, [.. query.Select((number, i) => i == 0 ? 3f : number)], maxResults, minimum / 10.0, rowsPerChunk);

        Check.One(Seeded, Prop.ForAll(trial.ToArbitrary(), t =>
        {
            var index = new VectorIndex(Dimension, t.RowsPerChunk);
            var naive = new Dictionary<string, float[]>();
            foreach (VectorChange[] batch in t.Batches)
            {
                index.Apply(batch);
                Apply(naive, batch);
                Assert.Equal(naive.Count, index.Count);
                Assert.Equal(Search(naive, t.Query, t.MaxResults, t.Minimum), index.Search(t.Query, t.MaxResults, t.Minimum));
            }
        }));
    }

    [Fact]
    public async Task Searches_during_changes_see_whole_batches()
    {
        // Every batch gives all vectors the same new direction, so a search that saw half a batch would find two scores.
        const int Vectors = 50;
        var index = new VectorIndex(Dimension, rowsPerChunk: 8);
        index.Apply(Batch(0));
        using var stop = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            int searches = 0;
            float[] query = [1, 0, 0, 0];
            while (!stop.IsCancellationRequested || searches == 0)
            {
                VectorMatch[] found = index.Search(query, 0, -2);
                Assert.Equal(Vectors, found.Length);
                Assert.Single(found.Select(match => match.Score).Distinct());
                Assert.Equal(Vectors, found.Select(match => match.Id).Distinct().Count());
                searches++;
            }

            return searches;
        }))];

        var random = new Random(5);
        for (int round = 1; round <= 2000; round++)
        {
            VectorChange[] batch = Batch(round);
            random.Shuffle(batch);

            // Some leave first and come back in the same batch, which moves others about.
            index.Apply([.. batch.Take(10).Select(change => change with { Vector = null }), .. batch]);
        }

        await stop.CancelAsync();
        Every.One(await Task.WhenAll(readers), searches => Assert.True(searches > 0));

        static VectorChange[] Batch(int round) =>
            [.. Enumerable.Range(0, Vectors).Select(i => new VectorChange($"{i}", [(float)Math.Cos(round * 0.001), (float)Math.Sin(round * 0.001), 0, 0]))];
    }

    [Fact]
    public void A_search_over_many_vectors_uses_all_threads_and_finds_the_same()
    {
        const int Vectors = 6000;
        const int Wide = 512;
        var random = new Random(11);
        VectorChange[] changes = [.. Enumerable.Range(0, Vectors).Select(i => new VectorChange($"{i:0000}", RandomVector(random, Wide)))];
        var index = new VectorIndex(Wide);
        index.Apply(changes);
        var naive = new Dictionary<string, float[]>();
        Apply(naive, changes);

        for (int i = 0; i < 5; i++)
        {
            float[] query = RandomVector(random, Wide);
            Assert.Equal(Search(naive, query, 10, 0), index.Search(query, 10, 0));
            Assert.Equal(Search(naive, query, 0, 0.05), index.Search(query, 0, 0.05));
        }
    }

    [Fact]
    public void Scores_are_cosines()
    {
        var random = new Random(3);
        float[] query = RandomVector(random, 1536);
        VectorChange[] changes = [.. Enumerable.Range(0, 100).Select(i => new VectorChange($"{i}", RandomVector(random, 1536)))];
        var index = new VectorIndex(1536);
        index.Apply(changes);

        VectorMatch[] matches = index.Search(query, 0, -2);

        Assert.Equal(100, matches.Length);
        foreach (VectorMatch match in matches)
        {
            float[] vector = changes[int.Parse(match.Id, System.Globalization.CultureInfo.InvariantCulture)].Vector!;
            double dot = vector.Zip(query).Sum(pair => (double)pair.First * pair.Second);
            double lengths = Math.Sqrt(vector.Sum(x => (double)x * x)) * Math.Sqrt(query.Sum(x => (double)x * x));
            Assert.Equal(dot / lengths, match.Score, 1e-6);
        }
    }

    [Fact]
    public void A_vector_is_never_nearer_to_itself_than_one()
    {
        var random = new Random(8);
        var index = new VectorIndex(1536);
        for (int i = 0; i < 200; i++)
        {
            float[] vector = RandomVector(random, 1536);
            index.Apply(new VectorChange("same", vector));
            Assert.InRange(Assert.Single(index.Search(vector, 1, 0)).Score, 0.99999, 1.0);
        }
    }

    [Fact]
    public void Growing_costs_little_more_than_the_vectors_themselves()
    {
        const int Vectors = 8192;
        const int Wide = 1536;
        float[] vector = RandomVector(new Random(1), Wide);
        VectorChange[][] batches = [.. Enumerable.Range(0, Vectors).Select(i => new VectorChange(Guid.NewGuid().ToString(), vector)).Chunk(512)];
        var index = new VectorIndex(Wide);

        // All that is allocated on the way, garbage included.
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (VectorChange[] batch in batches)
        {
            index.Apply(batch);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (4.0 * Vectors * Wide), 1.0, 1.15);
    }

    private static float[] RandomVector(Random random, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(_ => (float)((random.NextDouble() * 2) - 1))];

    private static void Apply(Dictionary<string, float[]> naive, IEnumerable<VectorChange> changes)
    {
        foreach (VectorChange change in changes)
        {
            if (change.Vector is null)
            {
                naive.Remove(change.Id);
            }
            else
            {
                naive[change.Id] = change.Vector;
            }
        }
    }

    private static VectorMatch[] Search(Dictionary<string, float[]> naive, float[] query, int maxResults, double minimum) =>
    [
        .. naive
            .Select(pair => new VectorMatch(pair.Key, Math.Clamp(DotProduct.Of(Unit(pair.Value), Unit(query)), -1f, 1f)))
            .Where(match => match.Score > minimum)
            .OrderByDescending(match => match.Score)
            .ThenBy(match => match.Id, StringComparer.Ordinal)
            .Take(maxResults > 0 ? maxResults : int.MaxValue)
    ];

    private static float[] Unit(float[] vector)
    {
        var unit = new float[vector.Length];
        UnitVector.Write(vector, unit);
        return unit;
    }

    private sealed record Trial(VectorChange[][] Batches, float[] Query, int MaxResults, double Minimum, int RowsPerChunk);
}
