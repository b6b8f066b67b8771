using System.Globalization;
using System.Text.Json;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Gateway.Support;
using ContosoSuites.Tests.Local.Host;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Every cause of every row of the response matrix, on every operation: simulated instances, the deployed policy, HTTP.</summary>
public sealed class ResponseMatrixTests
{
    private const int TripSeconds = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var row in ResponseMatrix.Rows)
            {
                foreach (var cause in row.Causes)
                {
                    foreach (var operation in Operation.All)
                    {
                        cases.Add(row.Says, cause.Name, operation.Name);
                    }
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Operations => [.. Operation.All.Select(operation => operation.Name)];

    [Theory, MemberData(nameof(Cases))]
    public async Task One_instance_does_it_and_the_other_is_well(string says, string causeName, string operationName)
    {
        var (row, cause, operation) = Find(says, causeName, operationName);
        await using var system = await MatrixSystem.StartAsync(cause, Cause.None);

        // The round robin begins with the first backend.
        var (response, record) = await system.SendAsync(operation);

        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.Equal(row.Retried ? 200 : cause.Code, (int)response.StatusCode);
            Assert.Equal(row.Retried ? "1" : "0", MatrixSystem.Header(response, "X-Backend-Retry"));
            Assert.Equal(row.Retried ? "francecentral" : "swedencentral", MatrixSystem.Header(response, "x-ms-region"));
            Assert.Equal(response.IsSuccessStatusCode, operation.IsWholeAnswer(body));
            Assert.Equal(row.Retried ? null : cause.RetryAfter, MatrixSystem.Header(response, "Retry-After"));
        }

        Assert.Equal(
            row.Retried ? [(operation.BackendAt("openai-primary"), cause.Code, cause.Error), (operation.BackendAt("openai-secondary"), 200, ForwardError.None)] : [(operation.BackendAt("openai-primary"), cause.Code, cause.Error)],
            record.Attempts.Select(attempt => (attempt.Backend, attempt.StatusCode, attempt.Error)));
        await ExpectTurnsAsync(system, operation, row.Trips == Trips.No ? 2 : 0);
        if (row.Trips != Trips.No)
        {
            // Open until its time is over, and not for longer.
            var open = TimeSpan.FromSeconds(row.Trips == Trips.ForRetryAfter && cause.RetryAfter is { } said ? int.Parse(said, CultureInfo.InvariantCulture) : TripSeconds);
            system.Gateway.Time.Advance(open - TimeSpan.FromMilliseconds(1));
            await ExpectTurnsAsync(system, operation, 0);
            await system.First.Instance.SetFaultAsync(null, Cancellation);
            system.Gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
            await ExpectTurnsAsync(system, operation, 2);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Both_instances_do_it(string says, string causeName, string operationName)
    {
        var (row, cause, operation) = Find(says, causeName, operationName);
        await using var system = await MatrixSystem.StartAsync(cause, cause);

        var (response, record) = await system.SendAsync(operation);

        using var _ = response;
        var code = row.Gets.WhenAllFail(cause.Code);
        Assert.Equal(code, (int)response.StatusCode);

        // A breaker that trips leaves nobody for the second retry.
        var retries = !row.Retried ? 0 : row.Trips == Trips.No ? 2 : 1;
        Assert.Equal(retries.ToString(CultureInfo.InvariantCulture), MatrixSystem.Header(response, "X-Backend-Retry"));
        Assert.Equal(Enumerable.Repeat((cause.Code, cause.Error), retries + 1), record.Attempts.Select(attempt => (attempt.StatusCode, attempt.Error)));
        Assert.Equal(row.Trips == Trips.No ? cause.RetryAfter : cause.RetryAfter ?? $"{TripSeconds}", MatrixSystem.Header(response, "Retry-After"));

        var body = await response.Content.ReadAsStringAsync(Cancellation);
        if (row.Gets.IsGatewaysOwn)
        {
            var json = JsonElement.Parse(body);
            Assert.Equal(["statusCode", "message"], json.EnumerateObject().Select(member => member.Name));
            Assert.Equal(code, json.GetProperty("statusCode").GetInt32());
            AssertNamesNoBackend(response, body);
        }
        else
        {
            Assert.Equal(response.IsSuccessStatusCode, operation.IsWholeAnswer(body));
            Assert.Equal(!response.IsSuccessStatusCode, body.Contains("\"error\":{\"code\"", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task The_caller_disconnects(string operationName)
    {
        var (row, operation) = (ResponseMatrix.CallerLeaves, Operation.Named(operationName));
        var waits = Cause.Silent("waits", ForwardError.CallerGone, new DelayHeadersFault(TimeSpan.FromHours(1)));
        await using var system = await MatrixSystem.StartAsync(waits, Cause.None);
        using (var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation))
        {
            var call = system.Gateway.Client.SendAsync(operation.CreateRequest(), leaving.Token);
            await Wait.For(system.First.Instance.Counters.WaitForAsync(counters => counters.InFlight == 1, Cancellation));
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        var counters = await Wait.For(system.First.Instance.Counters.WaitForAsync(counters => counters.InFlight == 0, Cancellation));
        Assert.Equal(1, counters.Disconnects);
        var record = await system.Gateway.Log.NextAsync();
        Assert.Equal(row.Gets.WhenAllFail(null), record.ResponseCode);
        Assert.Equal(row.Retried ? 2 : 1, record.Attempts.Count);
        await system.First.Instance.SetFaultAsync(null, Cancellation);
        await ExpectTurnsAsync(system, operation, row.Trips == Trips.No ? 2 : 0);
    }

    [Fact]
    public void No_status_is_in_two_rows() =>
        Assert.Equal(
            ResponseMatrix.Rows.Sum(row => row.Causes.Length),
            ResponseMatrix.Rows.SelectMany(row => row.Causes).Select(cause => cause.Name).Distinct(StringComparer.Ordinal).Count());

    /// <summary>A tripped breaker keeps requests away from the first instance; otherwise the two take turns.</summary>
    private static async Task ExpectTurnsAsync(MatrixSystem system, Operation operation, int ofFirst)
    {
        var asked = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var (response, record) = await system.SendAsync(operation);
            response.Dispose();
            asked.Add(record.Attempts[0].Backend);
        }

        Assert.Equal(ofFirst, asked.Count(backend => backend == operation.BackendAt("openai-primary")));
    }

    private static void AssertNamesNoBackend(HttpResponseMessage response, string body)
    {
        var all = response.Headers + "\n" + response.Content.Headers + "\n" + body;
        foreach (var secret in (string[])["primary", "secondary", "central", "region", "127.0.0.1", "invalid", "apim-request-id", "simulated"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static (MatrixRow Row, Cause Cause, Operation Operation) Find(string says, string cause, string operation)
    {
        var row = ResponseMatrix.Rows.Single(row => row.Says == says);
        return (row, row.Causes.Single(candidate => candidate.Name == cause), Operation.Named(operation));
    }
}
