using System.Net;
using System.Net.Http.Json;
using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Storage;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>When to come again reaches the caller as it was said: every problem that knows it, in every form, with values that nobody would make up.</summary>
public sealed class RetryAfterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What the gateway answers, and what the caller gets.</summary>
    public static TheoryData<int, string, string?, HttpStatusCode, string?> Waits => new()
    {
        { 429, "All backends throttle.", "37", HttpStatusCode.TooManyRequests, "37" },
        { 503, "No backend.", "43", HttpStatusCode.ServiceUnavailable, "43" },
        { 429, "Token limit is exceeded.", "39", HttpStatusCode.TooManyRequests, "39" },
        { 429, "Rate limit is exceeded.", "41", HttpStatusCode.TooManyRequests, "41" },
        { 403, "Out of call volume quota.", "86371", HttpStatusCode.TooManyRequests, "86371" },
        { 403, "Out of bandwidth quota.", "86373", HttpStatusCode.TooManyRequests, "86373" },
        { 403, "Token quota is exceeded.", "86377", HttpStatusCode.TooManyRequests, "86377" },
        { 429, "All backends throttle.", "Wed, 21 Oct 2099 07:28:00 GMT", HttpStatusCode.TooManyRequests, "Wed, 21 Oct 2099 07:28:00 GMT" },
        { 429, "All backends throttle.", null, HttpStatusCode.TooManyRequests, null },
        { 503, "No backend.", null, HttpStatusCode.ServiceUnavailable, null },

        // Of these nobody knows when they will be better: the setting, or the instance, has to be looked at.
        { 401, "Access denied.", "47", HttpStatusCode.BadGateway, null },
        { 404, "Resource not found.", "47", HttpStatusCode.BadGateway, null },
        { 500, "Internal server error.", "47", HttpStatusCode.BadGateway, null },
        { 504, "Too slow.", "47", HttpStatusCode.GatewayTimeout, null },
    };

    [Theory, MemberData(nameof(Waits))]
    public async Task The_gateways_wait_reaches_the_caller(int status, string message, string? wait, HttpStatusCode expected, string? expectedWait)
    {
        await using StubBackend gateway = await StubBackend.StartAsync("stub", Stub.Answer(status, $$"""{"statusCode":{{status}},"message":"{{message}}"}""", wait));
        await using CopilotSystem system = await CopilotSystem.StartAsync(new Uri(gateway.Url, "/"), null);

        foreach ((string function, string accept) in ((string, string)[])[
            ("Chat", "text/plain"), ("Chat", "application/json"), ("Chat", "text/event-stream"),
            ("MaintenanceCopilotChat", "text/plain"), ("MaintenanceCopilotChat", "application/json"), ("MaintenanceCopilotChat", "text/event-stream"),
            ("Vectorize", "application/json")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = JsonContent.Create(new { message = "Hello", text = "Hello" }) };
            request.Headers.Accept.ParseAdd(accept);
            using HttpResponseMessage response = await system.Client.SendAsync(request, Cancellation);

            await ProblemAssert.IsProblemAsync(response, expected);
            Assert.Equal(expectedWait, response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null);
        }
    }

    [Theory]
    [InlineData(37_000, "37")]
    [InlineData(42_001, "43")]
    [InlineData(1, "1")]
    [InlineData(null, null)]
    public void The_stores_wait_reaches_the_caller_in_whole_seconds(int? milliseconds, string? expected)
    {
        var problems = new StorageProblems(new StorageOutage(NullLogger<StorageOutage>.Instance));
        var failure = new StorageUnavailableException(
            StorageProblem.Throttled, "Ask less.", retryAfter: milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null);

        FunctionProblem? problem = problems.Describe(failure);
        Assert.Equal((503, expected), (problem?.Status, problem?.RetryAfter));
    }
}
