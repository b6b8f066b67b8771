using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Tests.Functions.Maintenance;
using ContosoSuites.Tests.Local.Host;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>What is confirmed is in the file that the path names, whatever is done to that file while the app runs.</summary>
public sealed class MovedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-moved-").FullName;
    private readonly RecordingLogger _logs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DatabaseFile => Path.Combine(_folder, "contoso.db");

    private IEnumerable<RecordingLogger.Entry> OutagesLogged =>
        _logs.Entries.Where(entry => entry.Category == typeof(StorageOutage).FullName && entry.Level == LogLevel.Error);

    public void Dispose()
    {
        _logs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public async Task Moved_away_and_put_back(string companions)
    {
        await using TestSystem system = await StartAsync();
        await StoreAsync(system, "Before");
        string away = Path.Combine(_folder, "away");
        Move(_folder, away, companions);

        for (int i = 0; i < 3; i++)
        {
            await AssertRefusedAsync(system, "Lost");
        }

        using (HttpResponseMessage reading = await system.App.GetAsync("MaintenanceRequests", Cancellation))
        {
            await ProblemAssert.IsProblemAsync(reading, HttpStatusCode.ServiceUnavailable, "store");
        }

        Assert.Equal(("Unhealthy", true), await HealthAsync(system, "Missing"));
        Assert.False(File.Exists(DatabaseFile));
        RecordingLogger.Entry logged = Assert.Single(OutagesLogged);
        Assert.Contains(DatabaseFile, logged.Message, StringComparison.Ordinal);

        // The file that went away is whole by itself: a copy of it is a backup.
        string copy = Path.Combine(_folder, "copy.db");
        File.Copy(Path.Combine(away, "contoso.db"), copy);
        Assert.Contains("Before", Details(copy));

        Move(away, _folder, companions);
        await StoreAsync(system, "After");
        Assert.Equal(("Healthy", false), await HealthAsync(system, "Missing"));
        Assert.Superset(new HashSet<string> { "Before", "After" }, Details(DatabaseFile).ToHashSet());
        Assert.DoesNotContain("Lost", Details(DatabaseFile));
        Assert.Contains(_logs.Entries, entry => entry.Message.Contains("takes writes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replaced_by_another_one()
    {
        await using TestSystem system = await StartAsync();
        await StoreAsync(system, "In both");
        string backup = Path.Combine(_folder, "backup.db");
        using (var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            connection.Execute("VACUUM INTO @backup", new { backup });
        }

        await StoreAsync(system, "In the former one");
        float[] vector = [1, .. new float[1535]];
        Assert.Equal(HttpStatusCode.OK, await SearchAsync(system, vector));
        File.Move(backup, DatabaseFile, overwrite: true);

        await AssertRefusedAsync(system, "Lost");
        await StoreAsync(system, "In the new one");

        Assert.Equal(HttpStatusCode.OK, await SearchAsync(system, vector));
        Assert.Equal(("Healthy", false), await HealthAsync(system, "Missing"));
        List<string> details = Details(DatabaseFile);
        Assert.Superset(new HashSet<string> { "In both", "In the new one" }, details.ToHashSet());
        Assert.Empty(details.Intersect(["In the former one", "Lost"]));
        Assert.Single(OutagesLogged);
    }

    [Fact]
    public async Task Removed_while_many_save()
    {
        var confirmed = new List<string>();
        await using (TestSystem system = await StartAsync())
        {
            await StoreAsync(system, "First");
            bool removed = false;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
            {
                for (int i = 0; i < 40; i++)
                {
                    bool before = Volatile.Read(ref removed);
                    using HttpResponseMessage answer = await system.App.PostRequestAsync(new { hotel_id = 1, source = "staff", details = $"{caller}/{i}" });
                    Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable);
                    if (before && answer.StatusCode == HttpStatusCode.Created)
                    {
                        lock (confirmed)
                        {
                            confirmed.Add($"{caller}/{i}");
                        }
                    }

                    if (caller == 0 && i == 5)
                    {
                        File.Delete(DatabaseFile);
                        Volatile.Write(ref removed, true);
                    }
                }
            }));
            Assert.Empty(confirmed);
        }

        // A start makes a new file, as it does where there never was one.
        await using TestSystem next = await StartAsync();
        await StoreAsync(next, "Next");
        Assert.Contains("Next", Details(DatabaseFile));
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task Without_what_stands_beside_it(string companion)
    {
        await using TestSystem system = await StartAsync();
        await StoreAsync(system, "Before");
        File.Delete(DatabaseFile + companion);

        await AssertRefusedAsync(system, "Lost");
        await StoreAsync(system, "After");

        Assert.Superset(new HashSet<string> { "Before", "After" }, Details(DatabaseFile).ToHashSet());
        Assert.DoesNotContain("Lost", Details(DatabaseFile));
    }

    private Task<TestSystem> StartAsync() => TestSystem.StartAsync(
        options => options with { AppLogging = logging => logging.AddProvider(_logs) },
        ("Storage:SqlitePath", DatabaseFile),
        ("Maintenance:InlineEmbeddingSeconds", "0"));

    private static Task<MaintenanceRequest> StoreAsync(TestSystem system, string details) => system.App.StoreAsync(new { hotel_id = 1, source = "staff", details });

    private static async Task AssertRefusedAsync(TestSystem system, string details)
    {
        using HttpResponseMessage refused = await system.App.PostRequestAsync(new { hotel_id = 1, source = "staff", details });
        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store", "Nothing of this request was stored");
    }

    private static async Task<HttpStatusCode> SearchAsync(TestSystem system, float[] vector)
    {
        using HttpResponseMessage answer = await system.App.PostAsJsonAsync("VectorSearch", vector, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<(string? Status, bool SaysSo)> HealthAsync(TestSystem system, string word)
    {
        using HttpResponseMessage health = await system.App.GetAsync("health", Cancellation);
        JsonElement storage = (await TestSystem.JsonAsync(health)).GetProperty("checks").GetProperty("storage");
        return (storage.GetProperty("status").GetString(), storage.GetProperty("description").GetString()!.Contains(word, StringComparison.Ordinal));
    }

    private static void Move(string from, string to, string companions)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from, $"contoso.db{companions}"))
        {
            File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <summary>Looks into a file as the next start would.</summary>
    private static List<string> Details(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
        return [.. connection.Query<string>("SELECT details FROM maintenance_requests")];
    }
}
