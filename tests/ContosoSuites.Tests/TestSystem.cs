using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local;
using ContosoSuites.Local.Cli;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>The local system on free ports, with the sample's settings and a client for the app's functions.</summary>
public sealed class TestSystem : IAsyncDisposable
{
    private TestSystem(LocalSystem system)
    {
        Local = system;
        App = new HttpClient { BaseAddress = new Uri(system.App!.Endpoint, "api/") };
    }

    public LocalSystem Local { get; }

    /// <summary>Calls functions: relative addresses such as <c>Chat</c>.</summary>
    public HttpClient App { get; }

    public static async Task<TestSystem> StartAsync(params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>(LocalSettingsFile.ReadSample());
        foreach ((string name, string? value) in settings)
        {
            values[name] = value;
        }

        return new TestSystem(await LocalSystem.StartAsync(
            new LocalSystemOptions { AppSettings = values }, TestContext.Current.CancellationToken));
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
    }
}
