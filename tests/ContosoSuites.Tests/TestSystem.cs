using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local.Machine;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>The local system on free ports, with the sample's settings and a client for the app's functions.</summary>
public sealed class TestSystem : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TestSystem(LocalSystem system, DirectoryInfo folder)
    {
        _folder = folder;
        Local = system;
        App = AnswerRecorder.CreateClient(new Uri(system.App!.Endpoint, "api/"));
    }

    public LocalSystem Local { get; }

    /// <summary>The database of this system alone.</summary>
    public string DatabaseFile => Path.Combine(_folder.FullName, "contoso.db");

    /// <summary>Calls functions: relative addresses such as <c>Chat</c>.</summary>
    public HttpClient App { get; }

    public static Task<TestSystem> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(options => options, settings);

    /// <summary>Starts a system that a test wants otherwise; unless it says so, there are tokens without end.</summary>
    public static async Task<TestSystem> StartAsync(Func<LocalSystemOptions, LocalSystemOptions> configure, params (string Name, string? Value)[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contoso-system-");
        var values = new Dictionary<string, string?>(SampleSettings.Read()) { ["Storage:SqlitePath"] = Path.Combine(folder.FullName, "contoso.db") };
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        try
        {
            return new TestSystem(
                await LocalSystem.StartAsync(
                    configure(new LocalSystemOptions { AppSettings = values, TokensPerMinute = int.MaxValue, Worker = TestWorker.Home() }), TestContext.Current.CancellationToken),
                folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async Task<HttpResponseMessage> ChatAsync(string message, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = JsonContent.Create(new { message }) };
        if (accept is not null)
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        }

        return await App.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public static async Task<string> TextAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        App.Dispose();
        await Local.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
