using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Storage.Contract;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>Whatever makes the file unavailable is named, leaves nothing half-written, and needs no restart afterwards.</summary>
public sealed class SqliteAvailabilityTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _files = new();
    private readonly SqliteDatabase _database;
    private readonly StoresUnderTest _stores;

    public SqliteAvailabilityTests()
    {
        _database = _files.Open();
        _stores = TemporaryDatabase.Stores(_database, _files.Clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Missing_folders_are_made()
    {
        string file = Path.Combine(_files.Folder, "not", "yet", "there", "contoso.db");
        await using var database = TemporaryDatabase.Open(file, _files.Clock);

        Assert.NotEmpty(await new SqliteHotelStore(database).GetHotelsAsync(Ct));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_commit_waits_for_the_disk()
    {
        Assert.Equal(
            ("wal", 2, true),
            await _database.WriteAsync(
                connection => (
                    connection.ExecuteScalar<string>("PRAGMA journal_mode"),
                    connection.ExecuteScalar<int>("PRAGMA synchronous"),
                    connection.ExecuteScalar<bool>("PRAGMA foreign_keys")),
                Ct));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_until_it_is_moved_away()
    {
        await File.WriteAllTextAsync(_files.File, string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 200)), Ct);

        await AssertUnavailableAsync(StorageProblem.Corrupt, () => _stores.Hotels.GetHotelsAsync(Ct));
        await AssertUnavailableAsync(StorageProblem.Corrupt, () => CreateAsync("Lost"));

        File.Move(_files.File, _files.File + ".bad");
        await AssertWorksAsync();
    }

    [Fact]
    public async Task A_database_damaged_on_disk_is_named_as_such()
    {
        await CreateAsync("Before");
        await _database.DisposeAsync();
        await using (FileStream file = File.OpenWrite(_files.File))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        await using SqliteDatabase damaged = _files.Open();
        await AssertUnavailableAsync(StorageProblem.Corrupt, () => new SqliteHotelStore(damaged).GetHotelsAsync(Ct));
    }

    [Fact]
    public async Task A_path_that_can_not_be_a_file_is_refused_until_it_can()
    {
        Directory.CreateDirectory(_files.File);
        await AssertUnavailableAsync(StorageProblem.Unreachable, () => _stores.Probe.CheckAsync(Ct));

        Directory.Delete(_files.File);
        await AssertWorksAsync();
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_files.Folder, "file"), "", Ct);
        string file = Path.Combine(_files.Folder, "file", "contoso.db");
        await using var database = TemporaryDatabase.Open(file, _files.Clock);

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => new SqliteProbe(database).CheckAsync(Ct));

        Assert.Equal(StorageProblem.Unreachable, refused.Problem);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:SqlitePath", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_held_by_another_process_is_named_and_reads_go_on()
    {
        await CreateAsync("Before");
        using (SqliteConnection other = _files.Connect())
        {
            other.Execute("BEGIN IMMEDIATE");
            await Task.WhenAll(
                AssertUnavailableAsync(StorageProblem.Locked, () => CreateAsync("Lost")),
                AssertUnavailableAsync(StorageProblem.Locked, () => _stores.Probe.CheckAsync(Ct)));
            Assert.NotEmpty(await _stores.Hotels.GetHotelsAsync(Ct));
        }

        await AssertWorksAsync();
    }

    [Fact]
    public async Task A_file_that_turns_read_only_can_still_be_read_and_is_written_again_later()
    {
        await CreateAsync("Before");
        await _database.DisposeAsync();
        using (ReadOnlyFile.Make(_files.File))
        {
            await using SqliteDatabase database = _files.Open();
            StoresUnderTest stores = TemporaryDatabase.Stores(database, _files.Clock);

            Assert.NotEmpty(await stores.Hotels.GetHotelsAsync(Ct));
            await AssertUnavailableAsync(StorageProblem.ReadOnly, () => CreateAsync("Lost", stores));
            await AssertUnavailableAsync(StorageProblem.ReadOnly, () => stores.Probe.CheckAsync(Ct));

            ReadOnlyFile.Unmake(_files.File);
            await AssertWorksAsync(stores);
        }
    }

    [Fact]
    public async Task A_connection_that_turned_read_only_is_replaced()
    {
        await CreateAsync("Before");
        await _database.WriteAsync(connection => connection.Execute("PRAGMA query_only = 1"), Ct);

        await AssertUnavailableAsync(StorageProblem.ReadOnly, () => CreateAsync("Lost"));
        await AssertWorksAsync();
    }

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_takes_it_when_there_is_room()
    {
        using var disk = new SmallDisk(_files.Folder);
        await using var database = TemporaryDatabase.Open(disk.File, _files.Clock);
        StoresUnderTest stores = TemporaryDatabase.Stores(database, _files.Clock);
        await stores.Probe.CheckAsync(Ct);
        await disk.FillAsync(database, Ct);

        var stored = new List<string>();
        int refused = 0;
        string details = new('x', 20_000);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
        {
            try
            {
                CreateResult result = await CreateAsync(details, stores);
                lock (stored)
                {
                    stored.Add(result.Request.Id);
                }
            }
            catch (StorageUnavailableException e) when (e.Problem == StorageProblem.Full)
            {
                Interlocked.Increment(ref refused);
            }
        })));

        Assert.True(refused > 0);
        Assert.Equal(100, stored.Count + refused);
        Assert.Equal(stored.Order(StringComparer.Ordinal), await LargeOnesAsync());

        await disk.MakeRoomAsync(database, Ct);
        stored.Add((await CreateAsync(details, stores)).Request.Id);
        Assert.Equal(stored.Order(StringComparer.Ordinal), await LargeOnesAsync());
        Assert.Equal("ok", await database.ReadAsync(connection => connection.ExecuteScalar<string>("PRAGMA integrity_check"), Ct));

        async Task<IEnumerable<string>> LargeOnesAsync() => (await stores.Requests.ListAsync(new() { PageSize = 1000 }, Ct)).Requests
            .Where(request => request.Details == details)
            .Select(request => request.Id)
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Another_process_on_the_file_is_seen_by_vector_search()
    {
        await using SqliteDatabase other = _files.Open();
        StoresUnderTest others = TemporaryDatabase.Stores(other, _files.Clock);
        var vector = new float[1536];
        vector[0] = 1;
        string id = (await CreateAsync("Here")).Request.Id;
        Assert.Empty(await _stores.Requests.SearchAsync(vector, 0, 0, Ct));

        Assert.True(await others.Requests.SetEmbeddingAsync(id, vector, Ct));
        Assert.Single(await _stores.Requests.SearchAsync(vector, 0, 0, Ct));

        Assert.True(await others.Requests.DeleteAsync(id, Ct));
        Assert.Empty(await _stores.Requests.SearchAsync(vector, 0, 0, Ct));
    }

    [Fact]
    public async Task The_stored_vectors_decide_the_length_until_the_last_one_is_gone()
    {
        string id = (await CreateAsync("Here")).Request.Id;
        Assert.True(await _stores.Requests.SetEmbeddingAsync(id, new float[1536].Select(_ => 1f).ToArray(), Ct));

        // As after a restart with another value of Embeddings:Dimensions.
        StoresUnderTest restarted = TemporaryDatabase.Stores(_database, _files.Clock, dimension: 3);
        InvalidVectorException refused = await Assert.ThrowsAsync<InvalidVectorException>(() => restarted.Requests.SetEmbeddingAsync(id, new float[] { 1, 2, 3 }, Ct));
        Assert.Equal((1536, 3), (refused.ExpectedLength, refused.GivenLength));
        refused = await Assert.ThrowsAsync<InvalidVectorException>(() => restarted.Requests.SearchAsync(new float[] { 1, 2, 3 }, 0, 0, Ct));
        Assert.Equal((1536, 3), (refused.ExpectedLength, refused.GivenLength));

        Assert.True(await restarted.Requests.DeleteAsync(id, Ct));
        string next = (await CreateAsync("There")).Request.Id;
        Assert.True(await restarted.Requests.SetEmbeddingAsync(next, new float[] { 1, 2, 3 }, Ct));
        Assert.Equal(next, Assert.Single(await restarted.Requests.SearchAsync(new float[] { 1, 2, 3 }, 0, 0, Ct)).Request.Id);
        Assert.Equal(next, Assert.Single(await _stores.Requests.SearchAsync(new float[] { 1, 2, 3 }, 0, 0, Ct)).Request.Id);
    }

    [Fact]
    public async Task Embeddings_are_there_after_a_restart()
    {
        var random = new Random(17);
        var vectors = new Dictionary<string, float[]>();
        foreach (MaintenanceRequest request in (await _stores.Requests.ListAsync(new() { PageSize = 1000 }, Ct)).Requests)
        {
            float[] vector = [.. Enumerable.Range(0, 1536).Select(_ => (float)random.NextDouble() - 0.5f)];
            vectors.Add(request.Id, vector);
            await _stores.Requests.SetEmbeddingAsync(request.Id, vector, Ct);
        }

        await using SqliteDatabase again = _files.Open();
        StoresUnderTest restarted = TemporaryDatabase.Stores(again, _files.Clock);
        foreach ((string id, float[] vector) in vectors)
        {
            Assert.Equal(id, Assert.Single(await restarted.Requests.SearchAsync(vector, 0, 0.99, Ct)).Request.Id);
        }
    }

    private async Task AssertUnavailableAsync(StorageProblem problem, Func<Task> act)
    {
        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(act);
        Assert.Equal(problem, refused.Problem);
        Assert.Contains(_files.File, refused.Message, StringComparison.Ordinal);
    }

    private async Task AssertWorksAsync(StoresUnderTest? stores = null)
    {
        stores ??= _stores;
        await stores.Probe.CheckAsync(Ct);
        string id = (await CreateAsync("After", stores)).Request.Id;
        Assert.NotNull(await stores.Requests.GetAsync(id, Ct));
        Assert.DoesNotContain((await stores.Requests.ListAsync(new() { PageSize = 1000 }, Ct)).Requests, request => request.Details == "Lost");
    }

    private Task<CreateResult> CreateAsync(string details, StoresUnderTest? stores = null) => (stores ?? _stores).Requests.CreateAsync(
        new NewMaintenanceRequest { HotelId = 1, Hotel = "Oceanview Inn", Source = "staff", Details = details }, cancellationToken: Ct);
}
