using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Functions.OpenApi;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Functions.Gateway;

/// <summary>What a caller of the functions sees when model calls fail: a problem that names what to check, never a bare 500.</summary>
public sealed class ModelCallFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_failing_instance_is_not_noticed()
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await system.Local.Instances[0].SetFaultAsync(new StatusFault(500), Cancellation);

        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage chat = await system.ChatAsync("Hello");
            using HttpResponseMessage vector = await system.App.GetAsync("Vectorize?text=leak", Cancellation);
            Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
            Assert.Equal(HttpStatusCode.OK, vector.StatusCode);
            Assert.Equal(system.Local.Instances[1].Region, Assert.Single(chat.Headers.GetValues("x-served-by")));
        }
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task When_all_throttle_the_caller_gets_429_and_the_soonest_wait(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await system.Local.Instances[0].SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(40)), Cancellation);
        await system.Local.Instances[1].SetFaultAsync(new ThrottleFault(TimeSpan.FromSeconds(20)), Cancellation);

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.TooManyRequests, "Retry-After");
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 15, 21);
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task When_all_fail_the_caller_gets_503(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await SetFaultsAsync(system, new StatusFault(500));

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "gateway");
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task A_gateway_that_is_down_is_named(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:MaxRetryWaitSeconds", "0"));
        await system.Local.Gateway.DisposeAsync();

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable, "ApiManagement:Endpoint");
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task A_wrong_key_is_named(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:ApiKey", "not-the-key"));

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        JsonElement problem = await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadGateway, "ApiManagement:ApiKey");
        Assert.DoesNotContain("not-the-key", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Chat", "AzureOpenAI:DeploymentName")]
    [InlineData("Vectorize", "AzureOpenAI:EmbeddingDeploymentName")]
    public async Task An_unknown_deployment_is_named(string function, string setting)
    {
        await using TestSystem system = await TestSystem.StartAsync((setting, "no-such-deployment"));

        using HttpResponseMessage response = await CallAsync(system, function, null);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadGateway, setting, "no-such-deployment");
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task A_model_that_does_not_answer_in_time_is_504(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:ModelCallTimeoutSeconds", "1"));
        await SetFaultsAsync(system, new DelayHeadersFault(TimeSpan.FromMinutes(10)));

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.GatewayTimeout, "ApiManagement:ModelCallTimeoutSeconds", "attemptTimeoutSeconds");
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task An_instance_that_hangs_ends_in_the_others_answer(string function, string? accept)
    {
        using var folder = new GatewayFolder();
        string backends = await File.ReadAllTextAsync(Path.Combine(folder.Path, "backends.json"), TestContext.Current.CancellationToken);
        folder.With("backends.json", backends.Replace("\"attemptTimeoutSeconds\": 60", "\"attemptTimeoutSeconds\": 1", StringComparison.Ordinal));
        await using TestSystem system = await TestSystem.StartAsync(options => options with { GatewayDirectory = folder.Path });
        await system.Local.Instances[0].SetFaultAsync(new DelayHeadersFault(TimeSpan.FromMinutes(10)), TestContext.Current.CancellationToken);

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage response = await CallAsync(system, function, accept);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Every.One(response.Headers.GetValues("x-served-by"), region => Assert.Equal("francecentral", region));
        }
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("Vectorize", null)]
    public async Task A_turn_that_takes_too_long_ends_before_Azure_ends_it(string function, string? accept)
    {
        await using TestSystem system = await TestSystem.StartAsync(("ApiManagement:TurnTimeoutSeconds", "1"));
        await SetFaultsAsync(system, new DelayHeadersFault(TimeSpan.FromMinutes(10)));

        using HttpResponseMessage response = await CallAsync(system, function, accept);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.GatewayTimeout, "ApiManagement:TurnTimeoutSeconds", "attemptTimeoutSeconds");
    }

    [Theory]
    [InlineData("Chat")]
    [InlineData("Vectorize")]
    public async Task An_answer_that_is_no_json_is_502(string function)
    {
        await using TestSystem system = await TestSystem.StartAsync();
        await SetFaultsAsync(system, new MalformedJsonFault());

        using HttpResponseMessage response = await CallAsync(system, function, null);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_ends_in_an_error_event()
    {
        // It breaks off when the caller has the first piece: a reset would take away what nobody has read yet.
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StubBackend backend = await StubBackend.StartAsync("swedencentral", async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(
                """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Good "}}]}""" + "\n\n");
            await http.Response.Body.FlushAsync();
            await read.Task;
            http.Abort();
        });
        var address = new BackendAddress(backend.Url);
        await using LocalSystem system = await LocalSystem.StartAsync(
            new LocalSystemOptions
            {
                AppSettings = SampleSettings.Read(),
                RealBackends = new Dictionary<string, BackendAddress> { ["openai-primary"] = address, ["openai-secondary"] = address },
            },
            Cancellation);
        using HttpClient client = AnswerRecorder.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.App!.Endpoint, "api/Chat"))
        {
            Content = new FormUrlEncodedContent([new("message", "Hello")]),
        };
        request.Headers.Add("Accept", "text/event-stream");

        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        read.SetResult();

        List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
        Assert.Equal("Good ", events[0].Data.GetProperty("text").GetString());
        Assert.Equal("error", events[^1].Name);
        Assert.DoesNotContain(events, e => e.Name == "done");
        Assert.True(events[^1].Data.GetProperty("status").GetInt32() is 502 or 503);
    }

    /// <summary>Every connection is closed in good order here; only the model has not said that it has finished.</summary>
    [Theory]
    [InlineData("", HttpStatusCode.BadGateway)]
    [InlineData("data: [DONE]\n\n", HttpStatusCode.BadGateway)]
    [InlineData("""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Good "}}]}""" + "\n\n", null)]
    public async Task A_stream_that_ends_before_the_model_has_finished_is_never_a_short_answer(string stream, HttpStatusCode? status)
    {
        await using StubBackend backend = await StubBackend.StartAsync("swedencentral", http =>
        {
            http.Response.ContentType = "text/event-stream";
            return http.Response.WriteAsync(stream);
        });
        var address = new BackendAddress(backend.Url);
        await using LocalSystem system = await LocalSystem.StartAsync(
            new LocalSystemOptions
            {
                AppSettings = SampleSettings.Read(),
                RealBackends = new Dictionary<string, BackendAddress> { ["openai-primary"] = address, ["openai-secondary"] = address },
            },
            Cancellation);
        using HttpClient client = AnswerRecorder.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.App!.Endpoint, "api/Chat"))
        {
            Content = new FormUrlEncodedContent([new("message", "Hello")]),
        };
        request.Headers.Add("Accept", "text/event-stream");

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        if (status is { } problem)
        {
            await ProblemAssert.IsProblemAsync(response, problem);
            return;
        }

        List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
        Assert.Equal("Good ", events[0].Data.GetProperty("text").GetString());
        Assert.Equal(("error", 502), (events[^1].Name, events[^1].Data.GetProperty("status").GetInt32()));
        Assert.DoesNotContain(events, e => e.Name == "done");
    }

    [Fact]
    public async Task A_stream_that_stalls_ends_in_an_error_event()
    {
        var clock = new FakeTimeProvider();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with { Worker = TestWorker.Home(services => services.AddSingleton<TimeProvider>(clock)) });
        await SetFaultsAsync(system, new StallFault(AfterParts: 6));

        using HttpResponseMessage response = await system.ChatAsync("What can you do for me?", "text/event-stream");

        Task<List<(string Name, JsonElement Data)>> reading = ServerSentEvents.ReadAsync(response);
        await Wait.WhileMovingAsync(reading, clock, TimeSpan.FromSeconds(10));
        List<(string Name, JsonElement Data)> events = await reading;
        Assert.Equal("error", events[^1].Name);
        Assert.Equal(504, events[^1].Data.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("Chat", "text/plain")]
    [InlineData("Chat", "application/json")]
    [InlineData("Chat", "text/event-stream")]
    [InlineData("MaintenanceCopilotChat", "text/plain")]
    [InlineData("MaintenanceCopilotChat", "application/json")]
    [InlineData("MaintenanceCopilotChat", "text/event-stream")]
    [InlineData("Vectorize", "application/json")]
    public async Task A_caller_who_leaves_ends_the_call_to_the_instance_and_nobody_calls_that_a_failure(string function, string accept)
    {
        using var logs = new RecordingLogger();
        await using TestSystem system = await TestSystem.StartAsync(options => options with { AppLogging = logging => logging.AddProvider(logs) });
        await SetFaultsAsync(system, new DelayHeadersFault(TimeSpan.FromMinutes(10)));
        logs.Entries.Clear();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = JsonContent.Create(new { message = "Hello", text = "Hello" }) };
        request.Headers.Add("Accept", accept);
        Task<HttpResponseMessage> call = system.App.SendAsync(request, leaving.Token);
        ModelInstance instance = await Wait.For(Task.WhenAny(system.Local.Instances.Select(async i =>
        {
            await i.Counters.WaitForAsync(c => c.InFlight > 0, Cancellation);
            return i;
        })).Unwrap());

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Wait.For(instance.Counters.WaitForAsync(c => c.Disconnects == 1 && c.InFlight == 0, Cancellation));
        Assert.Equal(1, system.Local.Instances.Sum(i => i.Counters.Snapshot().Disconnects));

        // The log has come before the answer to the next one.
        await SetFaultsAsync(system, null);
        (await system.ChatAsync("Hello")).Dispose();
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Warning || entry.Exception is not null);
    }

    private static Task<HttpResponseMessage> CallAsync(TestSystem system, string function, string? accept) => function == "Chat"
        ? system.ChatAsync("Hello", accept)
        : system.App.GetAsync("Vectorize?text=leak", Cancellation);

    private static async Task SetFaultsAsync(TestSystem system, ModelFault? fault)
    {
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(fault, Cancellation);
        }
    }
}
