using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.Maintenance.Copilot;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Machine;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>The app over the local gateway and models, or over a scripted model, with a clock that the test moves and a database of its own.</summary>
public sealed class CopilotSystem : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder;

    private CopilotSystem(DirectoryInfo folder, LocalSystem? local, FunctionsHost host, FakeTimeProvider time)
    {
        _folder = folder;
        Local = local;
        Host = host;
        Time = time;
        Client = AnswerRecorder.CreateClient(new Uri(host.Endpoint, "api/"));
    }

    /// <summary>The models and the gateway; null over a scripted model.</summary>
    public LocalSystem? Local { get; }

    public FunctionsHost Host { get; }

    /// <summary>The app's clock.</summary>
    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public string DatabaseFile => DatabaseIn(_folder);

    public IMaintenanceRequestStore Requests => Host.Worker.Services!.GetRequiredService<IMaintenanceRequestStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<CopilotSystem> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(null, null, settings);

    internal static Task<CopilotSystem> StartAsync(ScriptedModel model, params (string Name, string? Value)[] settings) =>
        StartAsync(model.Endpoint, null, settings);

    public static Task<CopilotSystem> StartAsync(Uri? model, Action<IServiceCollection>? configure, params (string Name, string? Value)[] settings) =>
        StartAsync(model, configure, options => options, settings);

    /// <summary>Starts the app over models and a gateway that a test wants otherwise; unless it says so, there are tokens without end.</summary>
    public static Task<CopilotSystem> StartAsync(Func<LocalSystemOptions, LocalSystemOptions> gateway) => StartAsync(null, null, gateway, []);

    private static async Task<CopilotSystem> StartAsync(
        Uri? model,
        Action<IServiceCollection>? configure,
        Func<LocalSystemOptions, LocalSystemOptions> gateway,
        (string Name, string? Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contoso-copilot-");
        LocalSystem? local = null;
        try
        {
            var values = new Dictionary<string, string?>(SampleSettings.Read())
            {
                ["Storage:SqlitePath"] = DatabaseIn(folder),
                ["ApiManagement:MaxRetryWaitSeconds"] = "0",
            };
            foreach ((string name, string? value) in settings)
            {
                values[name] = value;
            }

            LocalSystemOptions options = gateway(new LocalSystemOptions { AppSettings = values, StartApp = false, TokensPerMinute = int.MaxValue });
            local = model is null ? await LocalSystem.StartAsync(options, Cancellation) : null;
            values["ApiManagement:Endpoint"] = (model ?? local!.Gateway.Endpoint).AbsoluteUri.TrimEnd('/');
            var time = new FakeTimeProvider(Start);
            FunctionsHost host = await FunctionsHost.StartAsync(
                new FunctionsHostOptions
                {
                    Worker = TestWorker.Home(services =>
                    {
                        services.AddSingleton<TimeProvider>(time);
                        configure?.Invoke(services);
                    }),
                    Settings = values,
                },
                Cancellation);
            return new CopilotSystem(folder, local, host, time);
        }
        catch
        {
            if (local is not null)
            {
                await local.DisposeAsync();
            }

            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A conversation that has not begun.</summary>
    internal Conversation Talk() => new(Client);

    /// <summary>What the store holds of a conversation.</summary>
    internal async Task<CopilotConversation?> StoredAsync(string id) =>
        await Host.Worker.Services!.GetRequiredService<IConversationStore>().GetAsync(id, Cancellation) is { } stored
            ? CopilotConversation.Deserialize(stored.Content)
            : null;

    /// <summary>The requests that are not sample data, by the list function: those made since the clock began.</summary>
    public async Task<JsonElement[]> MadeRequestsAsync()
    {
        var made = new List<JsonElement>();
        string? token = "";
        while (token is not null)
        {
            string query = $"?since={Uri.EscapeDataString(Start.ToString("O"))}&page_size=100&continuation_token={Uri.EscapeDataString(token)}";
            JsonElement page = await Client.GetFromJsonAsync<JsonElement>($"MaintenanceRequests{query}", Cancellation);
            made.AddRange(page.GetProperty("items").EnumerateArray());
            token = page.GetProperty("continuation_token").GetString();
        }

        return [.. made];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        if (Local is not null)
        {
            await Local.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static string DatabaseIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "contoso.db");
}
