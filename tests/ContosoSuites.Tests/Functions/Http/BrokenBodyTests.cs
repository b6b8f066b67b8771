using System.Text;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>A body that does not come, or not as it should, is its caller's fault: said to him where he can hear it, and to nobody else.</summary>
public sealed class BrokenBodyTests
{
    private const string Json = "Content-Type: application/json";
    private const string Form = "Content-Type: application/x-www-form-urlencoded";

    private static readonly string[] Routes = ["Chat", "Vectorize", "VectorSearch", "MaintenanceRequests", "MaintenanceCopilotChat"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_nothing_that_the_log_tells_of()
    {
        using var logs = new RecordingLogger();
        var bodies = new BodyWatch();
        await using TestSystem system = await StartAsync(logs, bodies);
        foreach ((string route, string type, string beginning) in (IEnumerable<(string, string, string)>)[.. Routes.Select(route => (route, Json, "{\"message\": ")), ("Chat", Form, "message=")])
        {
            // An end that comes early, after which nobody can be answered, and a reset.
            await LeaveAsync(system, bodies, route, $"{type}\r\nContent-Length: 100", beginning, reset: false);
            await LeaveAsync(system, bodies, route, $"{type}\r\nContent-Length: 100", beginning, reset: true);
        }

        // A chunk without a size, in the middle. The host may notice before the function does.
        foreach (string route in Routes)
        {
            Assert.Equal(400, await SendAsync(system, route, $"{Json}\r\nTransfer-Encoding: chunked", "3\r\n{\"m\r\nQQ\r\n"));
        }

        Assert.Equal(400, await SendAsync(system, "Chat", $"{Form}\r\nTransfer-Encoding: chunked", "8\r\nmessage=\r\nQQ\r\n"));
        await AssertQuietAsync(system, logs);
    }

    [Fact]
    public async Task That_stops_coming_is_408()
    {
        using var logs = new RecordingLogger();
        await using TestSystem system = await StartAsync(logs, new BodyWatch());

        int[] answers = await Task.WhenAll(
        [
            .. Routes.Select(route => SendAsync(system, route, $"{Json}\r\nContent-Length: 100", "{\"message\": ")),
            SendAsync(system, "Chat", $"{Form}\r\nContent-Length: 100", "message="),
            SendAsync(system, "Chat", $"{Json}\r\nTransfer-Encoding: chunked", "3\r\n{\"m\r\n"),
        ]);

        Every.One(answers, answer => Assert.Equal(408, answer));
        await AssertQuietAsync(system, logs);
    }

    private static async Task<TestSystem> StartAsync(RecordingLogger logs, BodyWatch bodies)
    {
        TestSystem system = await TestSystem.StartAsync(options => options with
        {
            AppLogging = logging => logging.AddProvider(logs),
            Worker = TestWorker.Home(services => services.AddSingleton<IStartupFilter>(bodies)),
        });
        logs.Entries.Clear();
        return system;
    }

    private static async Task<RawClient> BeginAsync(TestSystem system, string route, string headers, string body)
    {
        RawClient client = await RawClient.ConnectAsync(system.Local.App!.Endpoint, Cancellation);
        await client.SendAsync(Encoding.Latin1.GetBytes($"POST /api/{route} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n{body}"), Cancellation);
        return client;
    }

    private static async Task<int> SendAsync(TestSystem system, string route, string headers, string body)
    {
        using RawClient client = await BeginAsync(system, route, headers, body);
        return await client.ReadStatusAsync(Cancellation);
    }

    private static async Task LeaveAsync(TestSystem system, BodyWatch bodies, string route, string headers, string body, bool reset)
    {
        using (RawClient client = await BeginAsync(system, route, headers, body))
        {
            await bodies.WaitForReadAsync(Cancellation);
            if (reset)
            {
                client.Reset();
            }
        }

        await bodies.WaitForEndAsync(Cancellation);
    }

    private static async Task AssertQuietAsync(TestSystem system, RecordingLogger logs)
    {
        // What the worker logged of the broken ones has come before the answer to the next.
        (await system.ChatAsync("Hello")).Dispose();
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning || entry.Exception is not null || entry.Message.Contains("model", StringComparison.OrdinalIgnoreCase));
    }
}
