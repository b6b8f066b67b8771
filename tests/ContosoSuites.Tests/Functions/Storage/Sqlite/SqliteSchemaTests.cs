using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Functions.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private static readonly IReadOnlyList<SqliteMigration> All = SqliteMigration.All();

    private readonly TemporaryDatabase _files = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Scripts_are_numbered_without_gaps()
    {
        Assert.NotEmpty(All);
        Assert.Equal(Enumerable.Range(1, All.Count), All.Select(migration => migration.Version));
    }

    [Fact]
    public void A_fresh_file_gets_the_present_version_once()
    {
        using SqliteConnection connection = _files.Connect();

        Assert.True(new SqliteSchema(All).Upgrade(connection));
        Assert.Equal(All.Count, connection.ExecuteScalar<int>("PRAGMA user_version"));
        Assert.False(new SqliteSchema(All).Upgrade(connection));
    }

    [Fact]
    public void Every_older_version_is_brought_up_and_keeps_its_data()
    {
        for (int version = 1; version < All.Count; version++)
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            new SqliteSchema([.. All.Take(version)]).Upgrade(connection);
            connection.Execute("INSERT INTO hotels VALUES (1, 'Kept', 'Here', 'There')");

            Assert.True(new SqliteSchema(All).Upgrade(connection));

            Assert.Equal(All.Count, connection.ExecuteScalar<int>("PRAGMA user_version"));
            Assert.Equal("Kept", connection.ExecuteScalar<string>("SELECT name FROM hotels"));
        }
    }

    [Fact]
    public void A_bin_that_was_stored_before_usage_was_told_by_function_is_read_and_says_nothing_of_it()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        new SqliteSchema([.. All.Take(5)]).Upgrade(connection);
        connection.Execute(
            """INSERT INTO distribution_bins VALUES ('2027-03-01T12:00:00.0000000Z', 'a', 'chat', 1, 1, 0, 0, 0, 0, 0, 10, 1, 5, 5, '{"Chat":11}')""");

        new SqliteSchema(All).Upgrade(connection);

        DistributionBin bin = Assert.Single(DistributionRow.Select(connection, "2027", "2028"));
        Assert.Equal(11, bin.TokensByFunction["Chat"]);
        Assert.Empty(bin.UsageByFunction);
    }

    [Fact]
    public void A_script_that_fails_leaves_the_version_before_it_whole()
    {
        var broken = new SqliteMigration(All.Count + 1, "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);");
        using SqliteConnection connection = _files.Connect();

        Assert.Throws<SqliteException>(() => new SqliteSchema([.. All, broken]).Upgrade(connection));

        Assert.Equal(All.Count, connection.ExecuteScalar<int>("PRAGMA user_version"));
        Assert.Equal(0, connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"));
    }

    [Fact]
    public async Task A_newer_file_is_refused_untouched_by_name_and_versions()
    {
        using (SqliteConnection connection = _files.Connect())
        {
            connection.Execute("CREATE TABLE hotels (from_the_future TEXT); PRAGMA user_version = 4711");
        }

        byte[] before = await File.ReadAllBytesAsync(_files.File, Ct);
        await using SqliteDatabase database = _files.Open();

        StorageUnavailableException refused = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => new SqliteHotelStore(database).GetHotelsAsync(Ct));

        Assert.Equal(StorageProblem.NewerSchema, refused.Problem);
        Assert.Contains(_files.File, refused.Message, StringComparison.Ordinal);
        Assert.Contains("version 4711", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"versions up to {All.Count}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_files.File, Ct));
    }

    [Fact]
    public async Task Two_that_start_at_once_make_one_whole_database()
    {
        for (int round = 0; round < 5; round++)
        {
            using var files = new TemporaryDatabase();
            await using SqliteDatabase one = files.Open();
            await using SqliteDatabase other = files.Open();
            using var start = new Barrier(2);

            int[] hotels = await Task.WhenAll(new[] { one, other }.Select(database => Task.Run(async () =>
            {
                start.SignalAndWait(Ct);
                return (await new SqliteHotelStore(database).GetHotelsAsync(Ct)).Count;
            })));

            Assert.Equal(hotels[0], hotels[1]);
            using SqliteConnection connection = files.Connect();
            Assert.Equal(hotels[0], connection.ExecuteScalar<int>("SELECT count(*) FROM hotels"));
            Assert.Equal(200, connection.ExecuteScalar<int>("SELECT count(*) FROM bookings"));
            Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
        }
    }
}
