using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Every row of the table of broken answers, at the gateway and at the functions: never a short success.</summary>
public sealed class BrokenAnswersTests
{
    // Much less than the time that headers are waited for, so that only the silence of a body is too long.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> AtTheGateway
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var row in BrokenAnswers.Rows)
            {
                foreach (var operation in Operation.All)
                {
                    cases.Add(row.Says, operation.Name);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Rows => [.. BrokenAnswers.Rows.Select(row => row.Says)];

    [Theory, MemberData(nameof(AtTheGateway))]
    public async Task The_gateways_caller(string says, string operationName)
    {
        var (row, operation) = (Find(says), Operation.Named(operationName));
        var cause = Cause.Status(200) with { Fault = row.Fault };
        await using var system = await MatrixSystem.StartAsync(cause, cause, options => options with { ResponseIdleTimeout = Silence });

        using var received = new MemoryStream();
        var call = ReceiveAsync(system.Gateway, operation, received);
        if (row.Gateway == Passing.CutAfterSilence)
        {
            await Wait.WhileMovingAsync(call, system.Gateway.Time, Silence);
        }

        var end = await call;
        var body = Encoding.UTF8.GetString(received.ToArray());
        var record = await system.Gateway.Log.NextAsync();
        Assert.Single(record.Attempts);
        if (row.Gateway == Passing.Whole)
        {
            Assert.Null(end);
            Assert.Null(record.LastErrorReason);
            Assert.Equal(row.Fault is DelayHeadersFault, operation.IsWholeAnswer(body) && IsReadable(operation, body));
        }
        else
        {
            Assert.NotNull(end);
            Assert.Equal("BackendConnectionFailure", record.LastErrorReason);
            Assert.False(operation.IsWholeAnswer(body));
            Assert.Equal(operation == Operation.StreamedChat, body.StartsWith("data: {", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task A_function_that_does_not_stream(string says)
    {
        var row = Find(says);
        await using var system = await StartAsync(row);

        foreach (var accept in (string[])["text/plain", "application/json"])
        {
            using var chat = await system.ChatAsync("Hello", accept);
            await ExpectAsync(chat, row.Function);
        }

        using var vector = await system.App.GetAsync("Vectorize?text=leak", Cancellation);
        await ExpectAsync(vector, row.Function);
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task A_function_that_streams(string says)
    {
        var row = Find(says);
        await using var system = await StartAsync(row);

        using var response = await system.ChatAsync("What can you do for me?", "text/event-stream");

        if (!response.IsSuccessStatusCode)
        {
            await ProblemAssert.IsProblemAsync(response, (System.Net.HttpStatusCode)row.Stream);
            return;
        }

        var events = await ServerSentEvents.ReadAsync(response);
        Assert.Equal(row.Stream == 200 ? "done" : "error", events[^1].Name);
        Assert.DoesNotContain(events.SkipLast(1), item => item.Name is "done" or "error");
        if (row.Stream != 200)
        {
            Assert.Equal(row.Stream, events[^1].Data.GetProperty("status").GetInt32());
        }
    }

    private static BrokenAnswer Find(string says) => BrokenAnswers.Rows.Single(row => row.Says == says);

    private static async Task<TestSystem> StartAsync(BrokenAnswer row)
    {
        // A silence is waited for on the real clock.
        var system = row.Fault is StallFault
            ? await TestSystem.StartAsync(("ApiManagement:ModelCallTimeoutSeconds", "1"))
            : await TestSystem.StartAsync();
        foreach (ModelInstance instance in system.Local.Instances)
        {
            await instance.SetFaultAsync(row.Fault, Cancellation);
        }

        return system;
    }

    private static async Task ExpectAsync(HttpResponseMessage response, int status)
    {
        if (status == 200)
        {
            Assert.Equal(200, (int)response.StatusCode);
        }
        else
        {
            await ProblemAssert.IsProblemAsync(response, (System.Net.HttpStatusCode)status);
        }
    }

    /// <summary>Receives all that comes; says what ended it before its end.</summary>
    private static async Task<Exception?> ReceiveAsync(TestGateway gateway, Operation operation, MemoryStream received)
    {
        try
        {
            using var response = await gateway.Client.SendAsync(operation.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal("0", MatrixSystem.Header(response, "X-Backend-Retry"));
            await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
            await stream.CopyToAsync(received, Cancellation);
            return null;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return exception;
        }
    }

    private static bool IsReadable(Operation operation, string body)
    {
        try
        {
            foreach (var json in operation == Operation.StreamedChat ? body.Split("\n\n").SkipLast(2).Select(item => item["data: ".Length..]) : [body])
            {
                JsonElement.Parse(json);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
