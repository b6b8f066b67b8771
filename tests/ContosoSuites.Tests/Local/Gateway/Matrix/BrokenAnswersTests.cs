using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Every row of the table of broken answers, at the gateway and at the functions: never a short success.</summary>
public sealed class BrokenAnswersTests
{
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
        await using var system = await MatrixSystem.StartAsync(cause, cause);

        using var response = await system.Gateway.Client.SendAsync(operation.CreateRequest(), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("0", MatrixSystem.Header(response, "X-Backend-Retry"));
        var (body, end) = await ReadAsync(response, row.Gateway == Passing.CutAfterSilence ? system.Gateway : null);

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
            Assert.IsAssignableFrom<IOException>(end);
            Assert.Equal("BackendConnectionFailure", record.LastErrorReason);
            Assert.False(operation.IsWholeAnswer(body));
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

    /// <summary>All that comes, and how it ends. Where it falls silent, the gateway's time is moved on until it has ended.</summary>
    private static async Task<(string Body, Exception? End)> ReadAsync(HttpResponseMessage response, TestGateway? silent)
    {
        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var reading = stream.CopyToAsync(body, Cancellation);
        while (silent is not null && await Task.WhenAny(reading, Task.Delay(10, Cancellation)) != reading)
        {
            // The gateway may not be waiting for the next piece yet, so once may be too early.
            silent.Time.Advance(TimeSpan.FromSeconds(60));
        }

        try
        {
            await reading;
            return (Encoding.UTF8.GetString(body.ToArray()), null);
        }
        catch (IOException e)
        {
            return (Encoding.UTF8.GetString(body.ToArray()), e);
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
