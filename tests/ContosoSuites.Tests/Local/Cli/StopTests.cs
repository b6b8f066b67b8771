using System.Net;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>How the app ends when it is told to while it answers somebody.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contoso-stop-");
    private LocalSystem _models = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _models = await LocalSystem.StartAsync(
        new LocalSystemOptions { AppSettings = new Dictionary<string, string?>(), StartApp = false }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _models.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_stop_lets_a_chat_end(string signal)
    {
        using PartProcess host = await StartHostAsync(TimeSpan.FromSeconds(2));
        using var client = new HttpClient();
        Task<HttpResponseMessage> chat = await BeginChatAsync(host, client);

        await host.SignalAsync(signal);

        using HttpResponseMessage response = await Wait.For(chat);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await host.EndAsync());
    }

    [Fact]
    public async Task A_second_interrupt_ends_it_at_once()
    {
        using PartProcess host = await StartHostAsync(TimeSpan.FromMinutes(10));
        using var client = new HttpClient();
        Task<HttpResponseMessage> chat = await BeginChatAsync(host, client);

        await host.SignalAsync("INT");
        Assert.False(chat.IsCompleted);
        await host.SignalAsync("INT");

        Assert.NotEqual(0, await host.EndAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => Wait.For(chat));
        await Wait.For(Task.WhenAll(_models.Instances.Select(instance => instance.Counters.WaitForAsync(counters => counters.InFlight == 0, Cancellation))));
    }

    private static void SkipWithoutSignals() => Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "This system has no signals.");

    private async Task<PartProcess> StartHostAsync(TimeSpan modelsTake)
    {
        SkipWithoutSignals();
        foreach (ModelInstance instance in _models.Instances)
        {
            await instance.SetFaultAsync(new DelayHeadersFault(modelsTake), Cancellation);
        }

        return await PartProcess.StartAsync(
            _folder.FullName, "host", "--app-port", "0", "--gateway", _models.Gateway.Endpoint.AbsoluteUri,
            "--setting", $"Storage:SqlitePath={Path.Combine(_folder.FullName, "contoso.db")}");
    }

    /// <summary>Sends a chat, and waits until a model has it.</summary>
    private async Task<Task<HttpResponseMessage>> BeginChatAsync(PartProcess host, HttpClient client)
    {
        Task<HttpResponseMessage> chat = client.PostAsync(
            new Uri(host.Endpoint, "api/Chat"), new FormUrlEncodedContent([new("message", "Hello")]), Cancellation);
        await Wait.For(Task.WhenAny(_models.Instances.Select(instance => instance.Counters.WaitForAsync(counters => counters.InFlight > 0, Cancellation))));
        return chat;
    }
}
