using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>Every row of the table of answers, in each form of Chat's and of the copilot's.</summary>
public sealed class AnswerTableTests(AnswerTableTests.Systems systems) : IClassFixture<AnswerTableTests.Systems>
{
    private const string Hello =
        """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello."}}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Rows => [.. AnswerTable.Rows.Select(row => row.Says)];

    [Theory, MemberData(nameof(Rows))]
    public async Task What_callers_get_and_what_is_logged(string says)
    {
        AnswerRow row = Find(says);
        RowSystem system = await systems.OfAsync(row);

        foreach (string accept in (string[])["text/plain", "application/json", "text/event-stream"])
        {
            await system.BeginAsync(row);
            using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = JsonContent.Create(new { message = "Hello" }) };
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
            using HttpResponseMessage response = await system.App.Client.SendAsync(request, Cancellation);
            await ExpectAsync(accept == "text/event-stream" ? row.Stream : row.Whole, response);
            system.ExpectLogged(row, accept == "text/event-stream" ? row.Stream : row.Whole);
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task What_the_copilots_conversation_holds(string says)
    {
        AnswerRow row = Find(says);
        RowSystem system = await systems.OfAsync(row);
        Conversation talk = system.App.Talk();
        await talk.SayAsync("Hello");

        foreach (string accept in (string[])["text/plain", "application/json", "text/event-stream"])
        {
            Outcome outcome = accept == "text/event-stream" ? row.Stream : row.Whole;
            await system.EndAsync();
            string before = (await system.App.StoredAsync(talk.Id!))!.Serialize();
            int turns = (await system.App.StoredAsync(talk.Id!))!.Turns;
            await system.BeginAsync(row);
            using (HttpResponseMessage response = await talk.SendAsync("Hello again", accept))
            {
                await ExpectAsync(outcome, response);
            }

            Assert.Equal(outcome.IsReply ? turns + 1 : turns, (await system.App.StoredAsync(talk.Id!))!.Turns);
            await system.EndAsync();
            if (!outcome.IsReply)
            {
                Assert.Equal(before, (await system.App.StoredAsync(talk.Id!))!.Serialize());
                await talk.SayAsync("Hello again");
                Assert.Equal(turns + 1, (await system.App.StoredAsync(talk.Id!))!.Turns);
            }
        }

        // What a conversation holds of odd answers is still what a model accepts.
        await talk.SayAsync("And again");
    }

    private static async Task ExpectAsync(Outcome outcome, HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            await ExpectStreamAsync(outcome, await ServerSentEvents.ReadAsync(response));
            return;
        }

        Assert.Equal(outcome.Status, (int)response.StatusCode);
        string body = await TestSystem.TextAsync(response);
        if (!outcome.IsReply)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(outcome.RetryAfter, response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? wait) ? wait.Single() : null);
            ExpectProblem(outcome, JsonElement.Parse(body));
            return;
        }

        bool isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        string reply = isJson ? JsonElement.Parse(body).GetProperty("reply").GetString()! : body;
        Assert.NotEmpty(reply);
        Assert.Equal(outcome.Text ?? reply, reply);
        if (isJson)
        {
            Assert.Equal(outcome.Refused, JsonElement.Parse(body).GetProperty("refused").GetBoolean());
        }
    }

    private static Task ExpectStreamAsync(Outcome outcome, List<(string Name, JsonElement Data)> events)
    {
        Assert.True(events.Count > 1, "A stream begins with a piece.");
        string text = string.Concat(events.SkipLast(1).Select(item => item.Data.GetProperty("text").GetString()));
        if (outcome.IsReply)
        {
            Assert.Equal("done", events[^1].Name);
            Assert.Equal(outcome.Text ?? text, text);
            Assert.Equal(outcome.Refused, events[^1].Data.GetProperty("refused").GetBoolean());
        }
        else
        {
            Assert.Equal("error", events[^1].Name);
            ExpectProblem(outcome, events[^1].Data);
            Assert.Equal(text, events[^1].Data.GetProperty("partialReply").GetString());
        }

        return Task.CompletedTask;
    }

    private static void ExpectProblem(Outcome outcome, JsonElement problem)
    {
        Assert.Equal((outcome.Status, outcome.Text), (problem.GetProperty("status").GetInt32(), problem.GetProperty("title").GetString()));
        string? partial = problem.TryGetProperty("partialReply", out JsonElement said) ? said.GetString() : null;

        // An empty one stands for what a good answer happens to begin with.
        Assert.Equal(outcome.Partial is "" ? partial ?? "?" : outcome.Partial, partial);
    }

    private static AnswerRow Find(string says) => AnswerTable.Rows.Single(row => row.Says == says);

    /// <summary>One app over the models and one over what stands in the gateway's place, each started with its first row.</summary>
    public sealed class Systems : IAsyncLifetime
    {
        private RowSystem? _overModels;
        private RowSystem? _overStub;

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public async ValueTask DisposeAsync()
        {
            await (_overModels?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_overStub?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        /// <summary>The app for a row. All is well with it, whatever the row before has left.</summary>
        internal async Task<RowSystem> OfAsync(AnswerRow row)
        {
            RowSystem system = row.Gateway is null ? _overModels ??= await RowSystem.StartAsync(overStub: false) : _overStub ??= await RowSystem.StartAsync(overStub: true);
            await system.EndAsync();
            return system;
        }
    }

    /// <summary>The app with what a row says, as long as the test wants it.</summary>
    internal sealed class RowSystem : IAsyncDisposable
    {
        private readonly StubBackend? _gateway;
        private readonly RecordingLogger _logs;
        private readonly BrokenStore _store;

        private RowSystem(StubBackend? gateway, CopilotSystem app, RecordingLogger logs, BrokenStore store)
        {
            _gateway = gateway;
            App = app;
            _logs = logs;
            _store = store;
        }

        public CopilotSystem App { get; }

        public static async Task<RowSystem> StartAsync(bool overStub)
        {
            var logs = new RecordingLogger();
            var store = new BrokenStore();
            StubBackend? gateway = overStub ? await StubBackend.StartAsync("stub", SayHello) : null;
            CopilotSystem app = await CopilotSystem.StartAsync(gateway is null ? null : new Uri(gateway.Url, "/"), services =>
            {
                services.AddSingleton<ILoggerProvider>(logs);
                services.AddSingleton(s => Interruption.Of<IHotelStore>(
                    ActivatorUtilities.CreateInstance<SqliteHotelStore>(s), _ => store.Failure));
            });
            return new RowSystem(gateway, app, logs, store);
        }

        /// <summary>From now on it is as the row says.</summary>
        public Task BeginAsync(AnswerRow row)
        {
            _store.Failure = row.StoreFailure;
            _logs.Entries.Clear();
            _gateway?.Handler = row.Gateway!;
            return SetFaultAsync(row.Fault);
        }

        /// <summary>From now on all is well.</summary>
        public Task EndAsync()
        {
            _store.Failure = null;
            _gateway?.Handler = SayHello;
            return SetFaultAsync(null);
        }

        public void ExpectLogged(AnswerRow row, Outcome outcome)
        {
            RecordingLogger.Entry[] problems = [.. _logs.Problems];
            if (outcome.IsReply)
            {
                Assert.Empty(problems);
                return;
            }

            Every.One(problems, problem => Assert.DoesNotContain("fourteen", problem.Message, StringComparison.Ordinal));
            if (row.StoreFailure is null)
            {
                RecordingLogger.Entry problem = Assert.Single(problems);
                Assert.Equal(LogLevel.Warning, problem.Level);
                Assert.Contains(outcome.Text!, problem.Message, StringComparison.Ordinal);
                return;
            }

            // The cause once an outage, as an error, and that this function has met it.
            Assert.NotEmpty(problems);
            Assert.InRange(problems.Count(problem => problem.Level is LogLevel.Error), 0, 1);
            Every.One(problems, problem => Assert.Contains("data store is not available", problem.Message, StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
            _logs.Dispose();
        }

        private static Task SayHello(HttpContext http)
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(Hello, http.RequestAborted);
        }

        private async Task SetFaultAsync(ModelFault? fault)
        {
            foreach (ModelInstance instance in App.Local?.Instances ?? [])
            {
                await instance.SetFaultAsync(fault, Cancellation);
            }
        }

        private sealed class BrokenStore
        {
            public volatile Exception? Failure;
        }
    }
}
