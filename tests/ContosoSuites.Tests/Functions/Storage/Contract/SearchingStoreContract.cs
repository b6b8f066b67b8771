using ContosoSuites.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Contract;

/// <summary>The contract with vector search: whole.</summary>
public abstract class SearchingStoreContract : StoreContract
{
    [Fact]
    public async Task Nothing_is_found_before_anything_is_embedded() =>
        Assert.Empty(await Requests.SearchAsync(Vector(0), 0, -2, Ct));

    [Fact]
    public async Task The_nearest_come_first_with_their_cosine()
    {
        string near = await StoreAsync("Near", Vector(0, turned: 0.2));
        string same = await StoreAsync("Same", Vector(0));
        string opposite = await StoreAsync("Opposite", Vector(0, turned: Math.PI));
        string far = await StoreAsync("Far", Vector(0, turned: 1.0));

        IReadOnlyList<MaintenanceRequestMatch> matches = await Requests.SearchAsync(Vector(0), 0, -2, Ct);

        Assert.Equal([same, near, far, opposite], matches.Select(match => match.Request.Id));
        double[] expected = [1, Math.Cos(0.2), Math.Cos(1.0), -1];
        Every.One(matches.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.SimilarityScore, 1e-5));
        Assert.Equal(matches[0].Request, await Requests.GetAsync(same, Ct));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(99, 5)]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    public async Task At_most_the_number_asked_for_is_found_and_all_when_that_is_not_positive(int maxResults, int found)
    {
        for (int i = 0; i < 5; i++)
        {
            await StoreAsync($"Turned {i}", Vector(0, turned: i * 0.1));
        }

        IReadOnlyList<MaintenanceRequestMatch> matches = await Requests.SearchAsync(Vector(0), maxResults, -2, Ct);

        Assert.Equal(Enumerable.Range(0, found).Select(i => $"Turned {i}"), matches.Select(match => match.Request.Details));
    }

    [Fact]
    public async Task Only_what_scores_above_the_minimum_is_found()
    {
        await StoreAsync("Right angle", Vector(4));
        await StoreAsync("Sharp angle", Vector(0, turned: 0.5));

        Assert.Equal(["Sharp angle"], (await Requests.SearchAsync(Vector(0), 0, 0, Ct)).Select(match => match.Request.Details));
        Assert.Equal(2, (await Requests.SearchAsync(Vector(0), 0, -0.001, Ct)).Count);
        Assert.Empty(await Requests.SearchAsync(Vector(0), 0, 0.88, Ct));
        Assert.Empty(await Requests.SearchAsync(Vector(0), 0, 1, Ct));
    }

    [Fact]
    public async Task Length_does_not_matter_only_direction()
    {
        float[] large = [.. Vector(0, turned: 0.3).Select(number => number * 1e30f)];
        float[] small = [.. Vector(0, turned: 0.3).Select(number => number * 1e-30f)];
        await StoreAsync("Large", large);
        await StoreAsync("Small", small);

        IReadOnlyList<MaintenanceRequestMatch> matches = await Requests.SearchAsync(small, 0, 0, Ct);

        Assert.Equal(2, matches.Count);
        Every.One(matches, match => Assert.Equal(1, match.SimilarityScore, 1e-5));
    }

    [Fact]
    public async Task Equal_scores_come_by_id()
    {
        var ids = new List<string>();
        for (int i = 0; i < 12; i++)
        {
            ids.Add(await StoreAsync("Equal", Vector(0, turned: 0.4)));
        }

        ids.Sort(StringComparer.Ordinal);
        Assert.Equal(ids, (await Requests.SearchAsync(Vector(0), 0, -2, Ct)).Select(match => match.Request.Id));
        Assert.Equal(ids.Take(5), (await Requests.SearchAsync(Vector(0), 5, -2, Ct)).Select(match => match.Request.Id));
    }

    [Fact]
    public async Task A_deleted_request_is_found_no_more()
    {
        string id = await StoreAsync("To be deleted", Vector(0));

        Assert.True(await Requests.DeleteAsync(id, Ct));

        Assert.Empty(await Requests.SearchAsync(Vector(0), 0, -2, Ct));
    }

    [Fact]
    public async Task A_changed_embedding_replaces_the_former_one()
    {
        string id = await StoreAsync("Changed", Vector(0));
        Assert.Single(await Requests.SearchAsync(Vector(0), 0, 0.9, Ct));

        Assert.True(await Requests.SetEmbeddingAsync(id, Vector(10), Ct));

        Assert.Empty(await Requests.SearchAsync(Vector(0), 0, 0.9, Ct));
        Assert.Equal(id, Assert.Single(await Requests.SearchAsync(Vector(10), 0, 0.9, Ct)).Request.Id);
    }

    [Fact]
    public async Task An_embedding_is_found_as_soon_as_storing_it_has_returned()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 8; i++)
            {
                float[] own = Vector((worker * 40) + (i * 2));
                string id = await StoreAsync($"Worker {worker}, {i}", own);
                Assert.Equal(id, Assert.Single(await Requests.SearchAsync(own, 1, 0.9, Ct)).Request.Id);
                if (i % 3 == 0)
                {
                    await Requests.DeleteAsync(id, Ct);
                    Assert.Empty(await Requests.SearchAsync(own, 1, 0.9, Ct));
                }
            }
        })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Dimension - 1)]
    [InlineData(Dimension + 1)]
    public async Task A_vector_of_another_length_is_refused_with_both_lengths(int length)
    {
        string id = await StoreAsync("Stored before", Vector(0));
        float[] wrong = [.. Enumerable.Repeat(1f, length)];

        foreach (Func<Task> act in new Func<Task>[] { () => Requests.SearchAsync(wrong, 1, 0, Ct), () => Requests.SetEmbeddingAsync(id, wrong, Ct) })
        {
            InvalidVectorException refused = await Assert.ThrowsAsync<InvalidVectorException>(act);
            Assert.Equal((Dimension, length), (refused.ExpectedLength, refused.GivenLength));
            Assert.Contains($"{Dimension}", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(id, Assert.Single(await Requests.SearchAsync(Vector(0), 0, 0.9, Ct)).Request.Id);
    }

    [Theory]
    [InlineData(float.NaN, "not a number")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "infinite")]
    [InlineData(0f, "all zero")]
    public async Task A_vector_without_direction_is_refused_with_the_reason(float number, string reason)
    {
        string id = await StoreAsync("Pending");
        var wrong = new float[Dimension];
        wrong[7] = number;

        foreach (Func<Task> act in new Func<Task>[] { () => Requests.SearchAsync(wrong, 1, 0, Ct), () => Requests.SetEmbeddingAsync(id, wrong, Ct) })
        {
            Assert.Contains(reason, (await Assert.ThrowsAsync<InvalidVectorException>(act)).Message, StringComparison.Ordinal);
        }

        Assert.False((await Requests.GetAsync(id, Ct))!.Embedded);
    }
}
