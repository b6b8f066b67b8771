using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Functions.Maintenance;
using ContosoSuites.Tests.Functions.Storage.Sqlite;
using ContosoSuites.Tests.Local.Host;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>A store that can not be written is said so over HTTP, nothing is half-written, and no restart is needed afterwards.</summary>
public sealed class StorageOutageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-outage-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_full_disk()
    {
        using var disk = new SmallDisk(_folder);
        await using TestSystem system = await TestSystem.StartAsync(("Storage:SqlitePath", disk.File), ("Maintenance:InlineEmbeddingSeconds", "0"));
        int before = (await system.App.ListAllAsync("?page_size=200")).Count;
        var database = system.Local.App!.Worker.Services!.GetRequiredService<SqliteDatabase>();
        await disk.FillAsync(database, Cancellation);
        if (disk.IsMounted)
        {
            Assert.Equal("Unhealthy", await StorageStatusAsync(system, HttpStatusCode.ServiceUnavailable, "Full"));
        }

        // More than fits, from many callers at once: some get in, the others are told, nobody is told wrong.
        var large = new { hotel_id = 1, source = "staff", details = new string('x', 4000) };
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => system.App.PostRequestAsync(large)));
        int stored = answers.Count(answer => answer.StatusCode == HttpStatusCode.Created);
        HttpResponseMessage refused = answers.First(answer => answer.StatusCode != HttpStatusCode.Created);
        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store", "Nothing of this request was stored");
        Every.One(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable));
        Assert.Equal(before + stored, (await system.App.ListAllAsync("?page_size=200")).Count);
        Array.ForEach(answers, answer => answer.Dispose());
        if (disk.IsMounted)
        {
            Assert.Equal("Unhealthy", await StorageStatusAsync(system, HttpStatusCode.ServiceUnavailable, "Full"));
        }

        await disk.MakeRoomAsync(database, Cancellation);
        await system.App.StoreAsync(large);
        Assert.Equal(before + stored + 1, (await system.App.ListAllAsync("?page_size=200")).Count);
        Assert.Equal("Healthy", await StorageStatusAsync(system, HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_file_that_can_not_be_written()
    {
        string file = Path.Combine(_folder, "contoso.db");
        await using (TestSystem first = await TestSystem.StartAsync(("Storage:SqlitePath", file)))
        {
            await first.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "Before" });
        }

        await using TestSystem system = await TestSystem.StartAsync(("Storage:SqlitePath", file), ("Maintenance:InlineEmbeddingSeconds", "0"));
        using (ReadOnlyFile.Make(file))
        {
            using HttpResponseMessage refused = await system.App.PostRequestAsync(new { hotel_id = 1, source = "staff", details = "Lost" });
            await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
            Assert.DoesNotContain(file, await TestSystem.TextAsync(refused), StringComparison.Ordinal);
            Assert.Contains(await system.App.ListAllAsync(), request => request.Details == "Before");
            Assert.Equal("Unhealthy", await StorageStatusAsync(system, HttpStatusCode.ServiceUnavailable));
        }

        MaintenanceRequest stored = await system.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "After" });
        List<MaintenanceRequest> all = await system.App.ListAllAsync();
        Assert.Contains(stored, all);
        Assert.DoesNotContain(all, request => request.Details == "Lost");
        Assert.Equal("Healthy", await StorageStatusAsync(system, HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        string file = Path.Combine(_folder, "contoso.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("A letter, not a database. ", 300)), Cancellation);
        await using TestSystem system = await TestSystem.StartAsync(("Storage:SqlitePath", file));

        foreach (string address in new[] { "Hotels", "Hotels/1/Bookings", "MaintenanceRequests", "MaintenanceRequests/x" })
        {
            using HttpResponseMessage refused = await system.App.GetAsync(address, Cancellation);
            await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
        }

        using HttpResponseMessage search = await system.App.PostAsJsonAsync("VectorSearch", new float[] { 1 }, Cancellation);
        await ProblemAssert.IsProblemAsync(search, HttpStatusCode.ServiceUnavailable, "store");

        File.Delete(file);
        using HttpResponseMessage hotels = await system.App.GetAsync("Hotels", Cancellation);
        Assert.Equal(HttpStatusCode.OK, hotels.StatusCode);
    }

    [Theory]
    [InlineData("CREATE TABLE hotels (name TEXT)")]
    [InlineData("CREATE TABLE hotels (name TEXT); PRAGMA user_version = 1")]
    [InlineData("CREATE TABLE songs (name TEXT)")]
    public async Task A_database_of_another_application(string itsTables)
    {
        string file = Path.Combine(_folder, "contoso.db");
        await using (var other = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Execute(itsTables);
        }

        byte[] before = await File.ReadAllBytesAsync(file, Cancellation);
        using var logs = new RecordingLogger();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with { AppLogging = logging => logging.AddProvider(logs) }, ("Storage:SqlitePath", file));

        using HttpResponseMessage refused = await system.App.GetAsync("Hotels", Cancellation);
        await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
        Assert.Equal("Unhealthy", await StorageStatusAsync(system, HttpStatusCode.ServiceUnavailable, "Foreign"));
        Assert.Single(logs.Entries, entry => entry.Message.Contains("another application's", StringComparison.Ordinal) && entry.Message.Contains(file, StringComparison.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Cancellation));

        File.Move(file, file + ".other");
        using HttpResponseMessage hotels = await system.App.GetAsync("Hotels", Cancellation);
        Assert.Equal(HttpStatusCode.OK, hotels.StatusCode);
    }

    [Fact]
    public async Task Embeddings_of_another_length_than_the_stored_ones()
    {
        string file = Path.Combine(_folder, "contoso.db");
        await using (TestSystem first = await TestSystem.StartAsync(("Storage:SqlitePath", file)))
        {
            Assert.True((await first.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "The tap drips." })).Embedded);
        }

        await using TestSystem system = await TestSystem.StartAsync(("Storage:SqlitePath", file), ("Embeddings:Dimensions", "3072"));
        Assert.Equal("Degraded", await StorageStatusAsync(system, HttpStatusCode.OK, "embeddings of 1536 numbers, and Embeddings:Dimensions is 3072"));
    }

    [Fact]
    public async Task A_file_that_another_process_holds_locked()
    {
        await using TestSystem system = await TestSystem.StartAsync(("Maintenance:InlineEmbeddingSeconds", "0"));
        await system.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "Before" });
        await using (var other = new SqliteConnection($"Data Source={system.DatabaseFile};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using SqliteTransaction hold = other.BeginTransaction(deferred: false);

            using HttpResponseMessage refused = await system.App.PostRequestAsync(new { hotel_id = 1, source = "staff", details = "Lost" });

            await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "store");
            Assert.Contains(await system.App.ListAllAsync(), request => request.Details == "Before");
        }

        await system.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "After" });
        Assert.DoesNotContain(await system.App.ListAllAsync(), request => request.Details == "Lost");
    }

    private static async Task<string?> StorageStatusAsync(TestSystem system, HttpStatusCode expected, string says = "")
    {
        using HttpResponseMessage health = await system.App.GetAsync("health", Cancellation);
        Assert.Equal(expected, health.StatusCode);
        JsonElement check = (await TestSystem.JsonAsync(health)).GetProperty("checks").GetProperty("storage");
        Assert.Contains(says, check.GetProperty("description").GetString()!, StringComparison.Ordinal);
        return check.GetProperty("status").GetString();
    }
}
