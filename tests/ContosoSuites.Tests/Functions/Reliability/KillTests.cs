using System.Diagnostics;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Machine;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Host;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ContosoSuites.Tests.Functions.Reliability;

/// <summary>What was confirmed is there after a kill -9 at any point, once, and the database is sound.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("contoso-kill-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "contoso.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_confirmed_is_lost_and_nothing_is_stored_twice()
    {
        var random = new Random(20270301);
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        await using LocalSystem gateway = await LocalSystem.StartAsync(
            new LocalSystemOptions
            {
                AppSettings = new Dictionary<string, string?>(),
                RealBackends = new Dictionary<string, ContosoSuites.Local.Gateway.BackendAddress> { ["openai-primary"] = model.Address, ["openai-secondary"] = model.Address },
                StartApp = false,
                TokensPerMinute = int.MaxValue,
            },
            TestContext.Current.CancellationToken);
        await using FunctionsHost app = await StartAppAsync(gateway);
        using var callers = new Callers(savers: 4, chatters: 3);
        for (int round = 0; round < Rounds; round++)
        {
            using var enough = new CancellationTokenSource();
            Task calls = callers.RunAsync(app.Endpoint, enough.Token);

            // One round in four is over before the worker is warm, perhaps before it has answered at all. Few conversations come to
            // their end between two kills, so one of the rounds waits for that.
            if (round == Rounds / 2)
            {
                await Wait.For(Task.WhenAny(calls, callers.ConfirmedByCopilotAsync()));
            }
            else if (random.Next(4) > 0)
            {
                await Task.WhenAny(calls, callers.AnsweredAsync());
            }

            await Task.WhenAny(calls, Task.Delay(random.Next(250), TestContext.Current.CancellationToken));
            await KillWorkerAsync(app);

            await enough.CancelAsync();
            await calls;
            AssertKept(callers.Confirmed, round);
        }

        Assert.True(callers.Confirmed.Count > Rounds, $"Only {callers.Confirmed.Count} were confirmed: too few to show anything.");
        Assert.True(callers.ConfirmedByCopilot > 0, $"The copilot confirmed only {callers.ConfirmedByCopilot}.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{callers.Confirmed.Count} confirmed, {callers.ConfirmedByCopilot} of them by the copilot.");
    }

    private Task<FunctionsHost> StartAppAsync(LocalSystem gateway)
    {
        var options = new LocalSystemOptions
        {
            AppSettings = new Dictionary<string, string?>(SampleSettings.Read()) { ["Storage:SqlitePath"] = DatabaseFile },
            AppLogging = _ => { },
        };
        return LocalApp.StartAsync(options, new AppConnections(gateway.Gateway.Endpoint), TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the worker as a power cut would; where the one before is not replaced yet, the next one when it answers.</summary>
    private static async Task KillWorkerAsync(FunctionsHost app)
    {
        using HttpClient client = AnswerRecorder.CreateClient(app.Endpoint);
        using HttpResponseMessage health = await client.GetAsync("api/openapi.json", TestContext.Current.CancellationToken);
        using Process worker = Process.GetProcessById(app.Worker.ProcessId!.Value);
        worker.Kill();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the file that the kill has left, as the next start would.</summary>
    private void AssertKept(IReadOnlyDictionary<string, string> confirmed, int round)
    {
        if (!File.Exists(DatabaseFile))
        {
            Assert.Empty(confirmed);
            return;
        }

        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
        if (confirmed.Count == 0)
        {
            return;
        }

        ILookup<string, string> stored = connection
            .Query<(string Details, string Id)>("SELECT details, id FROM maintenance_requests WHERE details LIKE 'Report %'")
            .ToLookup(row => row.Details, row => row.Id, StringComparer.Ordinal);
        Every.One(stored, request => Assert.True(request.Count() == 1, $"Round {round}: {request.Key} is stored {request.Count()} times."));
        Every.One(confirmed, request => Assert.True(
            stored[request.Key].SingleOrDefault() == request.Value, $"Round {round}: {request.Key} was confirmed as {request.Value} and is not there."));
    }
}
