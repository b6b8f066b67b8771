using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway;

/// <summary>Every row of the response matrix, on every operation, over HTTP and through the deployed policy.</summary>
public sealed class ResponseMatrixTests
{
    private static readonly TimeSpan ForwardTimeout = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var row in ResponseMatrix.Rows)
            {
                foreach (var operation in Operation.All)
                {
                    cases.Add(row.Name, operation.Name);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task One_instance_does_it_and_the_other_is_well(string rowName, string operationName)
    {
        var row = ResponseMatrix.Named(rowName);
        await using var bad = await row.StartAsync();
        await using var good = await StubBackend.StartAsync("francecentral");
        await using var gateway = await TestGateway.StartAsync(bad.Url, good.Url);

        // The round robin begins with the first backend.
        using var response = await SendAsync(gateway, Operation.Named(operationName), bad);

        Assert.Equal(row.AloneCode, (int)response.StatusCode);
        Assert.Equal(row.Retried ? "1" : "0", Header(response, "X-Backend-Retry"));
        Assert.Equal(row.Retried ? 1 : 0, good.Requests.Count);
        Assert.Equal(row.Retried ? """{"ok":true}""" : """{"from":"instance"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(row.Retried ? "francecentral" : "failing", Header(response, "x-ms-region"));

        var attempts = (await gateway.Log.NextAsync()).Attempts;
        Assert.Equal(row.Retried ? ["openai-primary", "openai-secondary"] : ["openai-primary"], attempts.Select(attempt => attempt.Backend));

        // A tripped breaker keeps the next requests away from it; otherwise they take turns.
        var next = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var later = await SendAsync(gateway, Operation.Named(operationName), bad);
            next.Add((await gateway.Log.NextAsync()).Attempts[0].Backend);
        }

        Assert.Equal(row.Trips ? 0 : 2, next.Count(backend => backend == "openai-primary"));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Both_instances_do_it(string rowName, string operationName)
    {
        var row = ResponseMatrix.Named(rowName);
        await using var first = await row.StartAsync();
        await using var second = await row.StartAsync();
        await using var gateway = await TestGateway.StartAsync(first.Url, second.Url);

        using var response = await SendAsync(gateway, Operation.Named(operationName), first, second);

        Assert.Equal(row.BothCode, (int)response.StatusCode);
        Assert.Equal(row.BothRetries.ToString(CultureInfo.InvariantCulture), Header(response, "X-Backend-Retry"));
        Assert.Equal(row.BothRetryAfter, Header(response, "Retry-After"));
        if (first.Stub is not null && second.Stub is not null && first.CountsRequests)
        {
            Assert.Equal(row.BothRetries + 1, first.Stub.Requests.Count + second.Stub.Requests.Count);
        }

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (row.BothOwn)
        {
            using var json = JsonDocument.Parse(body);
            Assert.Equal(["statusCode", "message"], json.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Equal(row.BothCode, json.RootElement.GetProperty("statusCode").GetInt32());
            AssertNamesNoBackend(response, body);
        }
        else
        {
            Assert.Equal("""{"from":"instance"}""", body);
        }
    }

    private static void AssertNamesNoBackend(HttpResponseMessage response, string body)
    {
        var all = response.Headers + "\n" + response.Content.Headers + "\n" + body;
        foreach (var secret in (string[])["primary", "secondary", "central", "failing", "127.0.0.1", "invalid", "instance\""])
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    // Where an instance hangs, the time is moved on as soon as the request is there.
    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, Operation operation, params Backing[] backings)
    {
        var response = gateway.SendAsync(operation);
        using var answered = new CancellationTokenSource();
        foreach (var backing in backings.Where(backing => backing.Hangs))
        {
            _ = MoveOnAsync(backing.Stub!);
        }

        var result = await response;
        await answered.CancelAsync();
        return result;

        async Task MoveOnAsync(StubBackend stub)
        {
            while (!answered.IsCancellationRequested)
            {
                await stub.ArrivalAsync(answered.Token);
                gateway.Time.Advance(ForwardTimeout);
            }
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
}
