using System.Net;
using System.Net.Http.Json;
using System.Text;
using ContosoSuites.Local.Machine;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>No key, message, text or query string is exported or reaches the console, whatever is called, however it ends, at any level of logging.</summary>
public sealed class PrivacyTests
{
    private const string Mark = "Zanzibar";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Information")]
    [InlineData("Trace")]
    public async Task What_callers_send_stays_between_them_and_the_app(string level)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var console = new RecordingLogger();
        await using TestSystem system = await TestSystem.StartAsync(
            options => options with
            {
                // A process of its own: in this one the test's calls would be exported as well.
                Worker = null,
                AppLogging = logging => logging.AddProvider(console).SetMinimumLevel(LogLevel.Trace),
                AppShutdownTimeout = LocalApp.LongestStop,
            },
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("Logging:LogLevel:Default", level),
            ("ApiManagement:MaxRetryWaitSeconds", "0"));

        int answered = await CallEverythingAsync(system.App);
        foreach (ModelFault fault in new ModelFault[] { new StatusFault(500), new StatusFault(400), new MalformedJsonFault(), new CutFault(1) })
        {
            foreach (ModelInstance instance in system.Local.Instances)
            {
                await instance.SetFaultAsync(fault, Cancellation);
            }

            answered += await CallEverythingAsync(system.App);
            await system.Local.App!.RunTimerAsync("EmbedPendingRequests");
        }

        // What has not been exported yet is when the worker ends.
        await system.Local.DisposeAsync();
        Assert.True(answered > 100, $"Only {answered} calls came back.");
        foreach (string path in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
        {
            string exported = receiver.Text(path);
            Assert.NotEqual("", exported);
            Assert.True(!exported.Contains(Mark, StringComparison.OrdinalIgnoreCase), $"{path}: {Around(exported)}");
        }

        Assert.NotEmpty(console.Entries);
        Every.One(console.Entries, entry => Assert.DoesNotContain(Mark, $"{entry.Category}: {entry.Message}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Calls every function with the mark wherever a caller can put something; wrongly as well as rightly.</summary>
    private static async Task<int> CallEverythingAsync(HttpClient app)
    {
        HttpRequestMessage[] requests =
        [
            Get($"Hotels?code={Mark}&{Mark}=1"),
            Get($"Hotels/1/Bookings/{Mark}"),
            Get($"Hotels/999/Bookings?{Mark}"),
            Get($"Vectorize?text={Mark}&code={Mark}"),
            Get("Vectorize?text=" + new string('x', 9000) + Mark),
            Get($"MaintenanceRequests?source={Mark}"),
            Get($"MaintenanceRequests?since={Mark}&page_size={Mark}"),
            Get($"MaintenanceRequests?continuation_token={Mark}"),
            Get($"MaintenanceRequests/{Mark}"),
            Get($"BackendDistribution?from={Mark}"),
            Get($"BackendDistribution/chart?last={Mark}&code={Mark}"),
            Get($"health?code={Mark}"),
            Get($"openapi.json?code={Mark}"),
            Post("Chat", JsonContent.Create(new { message = $"Hello from {Mark}" })),
            Post("Chat", JsonContent.Create(new { message = $"Which hotels are in {Mark}?" }), "application/json"),
            Post("Chat", new FormUrlEncodedContent([new("message", $"How many bookings has {Mark}?")]), "text/event-stream"),
            Post("Chat", new StringContent($"{{\"message\": {Mark}", Encoding.UTF8, "application/json")),
            Post("Chat", new StringContent(Mark, Encoding.UTF8, $"text/{Mark}")),
            Post("Vectorize", JsonContent.Create(new { text = Mark })),
            Post("VectorSearch", new StringContent($"[0.5, {Mark}]", Encoding.UTF8, "application/json")),
            Post($"VectorSearch?max_results={Mark}", JsonContent.Create(new float[1536])),
            Post("MaintenanceCopilotChat", JsonContent.Create($"The sink is clogged in room 12 at {Mark}")),
            Post("MaintenanceCopilotChat", JsonContent.Create(new { message = Mark, conversationId = Mark }), "text/event-stream"),
            Post("MaintenanceRequests", JsonContent.Create(new { hotel_id = 1, source = "staff", details = $"The tap drips in {Mark}" })),
            Post("MaintenanceRequests", JsonContent.Create(new { hotel_id = Mark, source = Mark, details = Mark })),
        ];
        foreach (HttpRequestMessage request in requests)
        {
            using (request)
            {
                request.Headers.Add("x-functions-key", $"{Mark}-key");
                request.Headers.Add("Idempotency-Key", $"{Mark}-{Guid.NewGuid()}");
                using HttpResponseMessage response = await app.SendAsync(request, Cancellation);
                Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
            }
        }

        return requests.Length;
    }

    private static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address);

    private static HttpRequestMessage Post(string address, HttpContent content, string accept = "*/*")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    private static string Around(string text)
    {
        int at = Math.Max(0, text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase));
        return text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }
}
