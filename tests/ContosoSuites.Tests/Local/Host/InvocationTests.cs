using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ContosoSuites.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class InvocationTests
{
    private static readonly HttpClient Client = new();

    [Theory]
    [InlineData("Result", 201)]
    [InlineData("TaskOfResult", 201)]
    [InlineData("ValueTaskOfResult", 201)]
    [InlineData("TypedResult", 201)]
    [InlineData("Action", 202)]
    [InlineData("TaskOfAction", 202)]
    [InlineData("ValueTaskOfAction", 202)]
    [InlineData("Nothing", 200)]
    [InlineData("Task", 200)]
    [InlineData("ValueTask", 200)]
    [InlineData("Null", 200)]
    [InlineData("WritesItself", 418)]
    public async Task Every_kind_of_result_is_answered(string function, int status)
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(ResultFunctions));

        using HttpResponseMessage response = await Client.GetAsync(new Uri(host.Endpoint, "api/" + function), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Server"));
        Assert.Empty(app.Logs.Problems);
    }

    [Fact]
    public async Task Action_results_are_formatted_by_the_apps_own_services()
    {
        await using FunctionsHost host = await new TestApp().StartAsync(typeof(ResultFunctions));

        string json = await Client.GetStringAsync(new Uri(host.Endpoint, "api/Json"), TestContext.Current.CancellationToken);

        Assert.Equal("""{"hotelName":"Lakeside"}""", json);
    }

    [Fact]
    public async Task Each_request_has_a_scope_that_ends_with_it()
    {
        var visits = new Visit.Book();
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton(visits).AddScoped<Visit>() };
        await using FunctionsHost host = await app.StartAsync(typeof(ScopedFunctions));

        string first = await Client.GetStringAsync(new Uri(host.Endpoint, "api/Visit"), TestContext.Current.CancellationToken);
        string second = await Client.GetStringAsync(new Uri(host.Endpoint, "api/Visit"), TestContext.Current.CancellationToken);

        Assert.Equal(("1", "2"), (first, second));
        await host.DisposeAsync();
        Assert.Equal([1, 2], visits.Ended.Order());
    }

    [Fact]
    public async Task A_function_has_an_activity_that_continues_the_callers_trace()
    {
        await using FunctionsHost host = await new TestApp().StartAsync(typeof(ResultFunctions));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Endpoint, "api/Trace"));
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Throws")]
    [InlineData("ThrowsLater")]
    public async Task An_exception_is_logged_with_the_function_and_answered_without_details(string function)
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(FailingFunctions));

        using HttpResponseMessage response = await Client.GetAsync(new Uri(host.Endpoint, "api/" + function), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("x-half"));
        RecordingLogger.Entry problem = Assert.Single(app.Logs.Problems);
        Assert.Equal(LogLevel.Error, problem.Level);
        Assert.Equal($"Function.{function}", problem.Category);
        Assert.Contains(function, problem.Message, StringComparison.Ordinal);
        Assert.Equal("the cellar is flooded", problem.Exception!.Message);
    }

    [Fact]
    public async Task A_function_whose_services_are_missing_fails_as_any_other()
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(ScopedFunctions));

        using HttpResponseMessage response = await Client.GetAsync(new Uri(host.Endpoint, "api/Visit"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(nameof(Visit), Assert.Single(app.Logs.Problems).Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_does_not_look_complete()
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(FailingFunctions));

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetStringAsync(new Uri(host.Endpoint, "api/ThrowsMidway"), TestContext.Current.CancellationToken));

        Assert.Contains("ThrowsMidway", Assert.Single(app.Logs.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_function_and_is_nobodys_error()
    {
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton<Endless.Signals>() };
        await using FunctionsHost host = await app.StartAsync(typeof(Endless));
        var signals = host.Services.GetRequiredService<Endless.Signals>();
        using var leave = new CancellationTokenSource();

        Task<HttpResponseMessage> call = Client.GetAsync(new Uri(host.Endpoint, "api/Endless"), leave.Token);
        await Wait.For(signals.Started.Task);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Wait.For(signals.Cancelled.Task);
        await host.DisposeAsync();
        Assert.Empty(app.Logs.Problems);
    }

    [Fact]
    public async Task Events_reach_the_client_while_the_function_runs()
    {
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton<Streaming.Gate>() };
        await using FunctionsHost host = await app.StartAsync(typeof(Streaming));
        var gate = host.Services.GetRequiredService<Streaming.Gate>();

        using HttpResponseMessage response = await Client.GetAsync(
            new Uri(host.Endpoint, "api/Events"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        // The function goes on to its next event only when the client has read the one before.
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"data: {i}", await Wait.For(reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()));
            Assert.Equal("", await Wait.For(reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()));
            gate.Next.Release();
        }

        Assert.Null(await Wait.For(reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()));
    }

    [Fact]
    public async Task A_body_of_40_megabytes_is_taken()
    {
        await using FunctionsHost host = await new TestApp().StartAsync(typeof(Bodies));
        using var content = new ByteArrayContent(new byte[40 * 1024 * 1024]);

        using HttpResponseMessage response = await Client.PostAsync(new Uri(host.Endpoint, "api/Count"), content, TestContext.Current.CancellationToken);

        Assert.Equal("41943040", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Content-Length: 104857601\r\n\r\n", "413")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnot a chunk\r\n", "400")]
    public async Task A_body_too_large_or_malformed_is_the_clients_error(string rest, string status)
    {
        var app = new TestApp();
        await using FunctionsHost host = await app.StartAsync(typeof(Bodies));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Endpoint.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/Count HTTP/1.1\r\nHost: localhost\r\n{rest}"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        Assert.StartsWith($"HTTP/1.1 {status} ", await Wait.For(reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()), StringComparison.Ordinal);
        Assert.Empty(app.Logs.Problems);
    }

    [Fact]
    public async Task Requests_run_side_by_side()
    {
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton(new Barrier.Meeting(32)) };
        await using FunctionsHost host = await app.StartAsync(typeof(Barrier));

        // Each answers only when all have arrived.
        string[] answers = await Wait.For(Task.WhenAll(Enumerable.Range(0, 32).Select(i =>
            Client.GetStringAsync(new Uri(host.Endpoint, $"api/meet/{i}"), TestContext.Current.CancellationToken))));

        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), answers);
    }

    public sealed class Visit(Visit.Book book) : IDisposable
    {
        public int Number { get; } = book.Begin();

        public void Dispose() => book.Ended.Enqueue(Number);

        public sealed class Book
        {
            private int _begun;

            public ConcurrentQueue<int> Ended { get; } = [];

            public int Begin() => Interlocked.Increment(ref _begun);
        }
    }

    public sealed class ScopedFunctions(Visit visit)
    {
        [Function("Visit")]
        public IResult Visited([HttpTrigger] HttpRequest request) =>
            ReferenceEquals(visit, request.HttpContext.RequestServices.GetRequiredService<Visit>()) ? Results.Text($"{visit.Number}") : Results.Conflict();
    }

    public static class ResultFunctions
    {
        [Function("Result")]
        public static IResult Result([HttpTrigger] HttpRequest request) => Results.StatusCode(201);

        [Function("TaskOfResult")]
        public static async Task<IResult> TaskOfResult([HttpTrigger] HttpRequest request)
        {
            await System.Threading.Tasks.Task.Yield();
            return Results.StatusCode(201);
        }

        [Function("ValueTaskOfResult")]
        public static ValueTask<IResult> ValueTaskOfResult([HttpTrigger] HttpRequest request) => new(Results.StatusCode(201));

        [Function("TypedResult")]
        public static Task<Microsoft.AspNetCore.Http.HttpResults.Created> TypedResult([HttpTrigger] HttpRequest request) =>
            System.Threading.Tasks.Task.FromResult(TypedResults.Created());

        [Function("Action")]
        public static IActionResult Action([HttpTrigger] HttpRequest request) => new StatusCodeResult(202);

        [Function("TaskOfAction")]
        public static Task<IActionResult> TaskOfAction([HttpTrigger] HttpRequest request) =>
            System.Threading.Tasks.Task.FromResult<IActionResult>(new AcceptedResult());

        [Function("ValueTaskOfAction")]
        public static ValueTask<AcceptedResult> ValueTaskOfAction([HttpTrigger] HttpRequest request) => new(new AcceptedResult());

        [Function("Nothing")]
        public static void Nothing([HttpTrigger] HttpRequest request)
        {
        }

        [Function("Task")]
        public static async Task Task([HttpTrigger] HttpRequest request) => await System.Threading.Tasks.Task.Yield();

        [Function("ValueTask")]
        public static ValueTask ValueTask([HttpTrigger] HttpRequest request) => default;

        [Function("Null")]
        public static IResult? Null([HttpTrigger] HttpRequest request) => null;

        [Function("WritesItself")]
        public static async Task WritesItself([HttpTrigger] HttpRequest request, CancellationToken cancellationToken)
        {
            request.HttpContext.Response.StatusCode = 418;
            await request.HttpContext.Response.WriteAsync("short and stout", cancellationToken);
        }

        [Function("Json")]
        public static IActionResult Json([HttpTrigger] HttpRequest request) => new OkObjectResult(new { HotelName = "Lakeside" });

        [Function("Trace")]
        public static IResult Trace([HttpTrigger] HttpRequest request) => Results.Text(System.Diagnostics.Activity.Current?.TraceId.ToString());
    }

    public static class FailingFunctions
    {
        [Function("Throws")]
        public static IResult Throws([HttpTrigger] HttpRequest request)
        {
            request.HttpContext.Response.Headers["x-half"] = "done";
            throw new InvalidOperationException("the cellar is flooded");
        }

        [Function("ThrowsLater")]
        public static async Task<IActionResult> ThrowsLater([HttpTrigger] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("the cellar is flooded");
        }

        [Function("ThrowsMidway")]
        public static async Task ThrowsMidway([HttpTrigger] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("once upon a");
            await request.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("the cellar is flooded");
        }
    }

    public sealed class Endless(Endless.Signals signals)
    {
        [Function("Endless")]
        public async Task Run([HttpTrigger] HttpRequest request, CancellationToken cancellationToken)
        {
            signals.Started.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                signals.Cancelled.TrySetResult();
                // Not the exception that a cancellation is expected to end in: still no error.
                throw new InvalidOperationException("interrupted");
            }
        }

        public sealed class Signals
        {
            public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public sealed class Streaming(Streaming.Gate gate)
    {
        [Function("Events")]
        public async Task Run([HttpTrigger] HttpRequest request, CancellationToken cancellationToken)
        {
            HttpResponse response = request.HttpContext.Response;
            response.ContentType = "text/event-stream";
            for (int i = 0; i < 3; i++)
            {
                await response.WriteAsync($"data: {i}\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                await gate.Next.WaitAsync(cancellationToken);
            }
        }

        public sealed class Gate : IDisposable
        {
            public SemaphoreSlim Next { get; } = new(0);

            public void Dispose() => Next.Dispose();
        }
    }

    public static class Bodies
    {
        [Function("Count")]
        public static async Task<IResult> Count([HttpTrigger("post")] HttpRequest request, CancellationToken cancellationToken)
        {
            long length = 0;
            byte[] buffer = new byte[81920];
            for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                length += read;
            }

            return Results.Text($"{length}");
        }
    }

    public sealed class Barrier(Barrier.Meeting meeting)
    {
        [Function("Meet")]
        public async Task<IResult> Meet([HttpTrigger("get", Route = "meet/{number}")] HttpRequest request, int number, CancellationToken cancellationToken)
        {
            await meeting.ArriveAsync(cancellationToken);
            return Results.Text($"{number}");
        }

        public sealed class Meeting(int expected)
        {
            private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
            private int _arrived;

            public Task ArriveAsync(CancellationToken cancellationToken)
            {
                if (Interlocked.Increment(ref _arrived) == expected)
                {
                    _all.SetResult();
                }

                return _all.Task.WaitAsync(cancellationToken);
            }
        }
    }
}
