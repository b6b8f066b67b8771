using System.Text;
using ContosoSuites.Functions.OpenApi;
using ContosoSuites.Tests.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>Every header of every function's answers.</summary>
public sealed class AnswerHeadersTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Json = "Content-Type: application/json; charset=utf-8";
    private const string Text = "Content-Type: text/plain; charset=utf-8";
    private const string Stream = "Cache-Control: no-store, no-cache | Content-Encoding: identity | Content-Type: text/event-stream | Pragma: no-cache";
    private const string Problem = "Content-Type: application/problem+json";
    private const string Page = "Content-Security-Policy: * | Content-Type: text/html; charset=utf-8";
    private const string Guards = "Referrer-Policy: no-referrer | X-Content-Type-Options: nosniff";
    private const string Tagged = "Cache-Control: no-cache, private";

    /// <summary>The operation's id, what is sent, and the headers of what comes back, but for Date, Server and those of the transfer.</summary>
    public static TheoryData<string, string, string, string?, int, string> Answers => new()
    {
        { "GetHotels", "GET Hotels", "*/*", null, 200, Json },
        { "GetBookingsForHotel", "GET Hotels/1/Bookings", "*/*", null, 200, Json },
        { "GetBookingsForHotel", "GET Hotels/999/Bookings", "*/*", null, 404, Problem },
        { "GetBookingsForHotelFrom", "GET Hotels/1/Bookings/2026-06-01", "*/*", null, 200, Json },
        { "GetBookingsForHotelFrom", "GET Hotels/999/Bookings/2026-06-01", "*/*", null, 404, Problem },
        { "Chat", "POST Chat", "text/plain", """{"message":"Hello"}""", 200, $"{Text} | x-served-by: *" },
        { "Chat", "POST Chat", "application/json", """{"message":"Hello"}""", 200, $"{Json} | x-served-by: *" },
        { "Chat", "POST Chat", "text/event-stream", """{"message":"Hello"}""", 200, $"{Stream} | x-served-by: *" },
        { "Chat", "POST Chat", "*/*", "{}", 400, Problem },
        { "MaintenanceCopilotChat", "POST MaintenanceCopilotChat", "text/plain", """{"message":"Hello"}""", 200, $"{Text} | x-conversation-id: * | x-served-by: *" },
        { "MaintenanceCopilotChat", "POST MaintenanceCopilotChat", "application/json", """{"message":"Hello"}""", 200, $"{Json} | x-conversation-id: * | x-served-by: *" },
        { "MaintenanceCopilotChat", "POST MaintenanceCopilotChat", "text/event-stream", """{"message":"Hello"}""", 200, $"{Stream} | x-conversation-id: * | x-served-by: *" },
        { "MaintenanceCopilotChat", "POST MaintenanceCopilotChat", "*/*", "{}", 400, Problem },
        { "Vectorize", "GET Vectorize?text=leak", "*/*", null, 200, $"{Json} | x-served-by: *" },
        { "Vectorize", "GET Vectorize", "*/*", null, 400, Problem },
        { "VectorizeBody", "POST Vectorize", "*/*", """{"text":"leak"}""", 200, $"{Json} | x-served-by: *" },
        { "VectorSearch", "POST VectorSearch", "*/*", "VECTOR", 200, Json },
        { "VectorSearch", "POST VectorSearch", "*/*", "[1]", 400, Problem },
        { "CreateMaintenanceRequest", "POST MaintenanceRequests", "*/*", """{"hotel_id":1,"source":"staff","details":"A tap drips.","location":"lobby"}""", 201, $"{Json} | Location: * | x-served-by: *" },
        { "CreateMaintenanceRequest", "POST MaintenanceRequests", "*/*", "{}", 400, Problem },
        { "ListMaintenanceRequests", "GET MaintenanceRequests?page_size=3", "*/*", null, 200, $"{Json} | Link: *" },
        { "ListMaintenanceRequests", "GET MaintenanceRequests?page_size=200", "*/*", null, 200, Json },
        { "GetMaintenanceRequest", "GET MaintenanceRequests/ID", "*/*", null, 200, Json },
        { "GetMaintenanceRequest", "GET MaintenanceRequests/none", "*/*", null, 404, Problem },
        { "BackendDistribution", "GET BackendDistribution?from=2026-11-01&to=2026-11-02", "*/*", null, 200, $"{Tagged} | {Json} | ETag: *" },
        { "BackendDistribution", "GET BackendDistribution?bin=5", "*/*", null, 400, Problem },
        { "BackendDistributionChart", "GET BackendDistribution/chart", "*/*", null, 200, $"{Tagged} | {Page} | ETag: * | {Guards}" },
        { "BackendDistributionChart", "GET BackendDistribution/chart?last=PT7M", "*/*", null, 400, Problem },
        { "BackendDistributionChart", "GET BackendDistribution/chart?last=PT7M", "text/html", null, 400, $"{Page} | {Guards}" },
        { "Health", "GET health", "*/*", null, 200, Json },
        { "OpenApi", "GET openapi.json", "*/*", null, 200, "Content-Type: application/json" },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task An_answer_has_these_headers_and_no_others(string operation, string request, string accept, string? body, int status, string headers)
    {
        HttpClient app = shared.System.App;
        string[] parts = request.Replace("ID", await IdAsync(app), StringComparison.Ordinal).Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        message.Headers.Accept.ParseAdd(accept);
        if (body is not null)
        {
            string content = body == "VECTOR" ? $"[{string.Join(',', Enumerable.Repeat("0.1", 1536))}]" : body;
            message.Content = new StringContent(content, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await app.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.NotEmpty(operation);
        Assert.Equal(status, (int)response.StatusCode);
        string[] actual =
        [
            .. response.Headers.NonValidated.Select(header => (header.Key, Value: header.Value.ToString()))
                .Concat(response.Content.Headers.NonValidated.Select(header => (header.Key, Value: header.Value.ToString())))
                .Where(header => header.Key is not ("Date" or "Server" or "Transfer-Encoding" or "Content-Length" or "Connection"))
                .Select(header => Each(header.Key) ? $"{header.Key}: {(header.Value.Length > 0 ? "*" : "")}" : $"{header.Key}: {header.Value}")
                .Order(StringComparer.OrdinalIgnoreCase),
        ];
        Assert.Equal(headers, string.Join(" | ", actual), ignoreCase: true);
    }

    [Fact]
    public void Every_operation_is_in_the_table() => Assert.Equal(
        new ApiDescription(new(), new(), new(), new()).Create("/api").Paths.SelectMany(path => path.Value.Operations!.Values).Select(operation => operation.OperationId!).Order(StringComparer.Ordinal),
        Answers.Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    /// <summary>What differs from answer to answer.</summary>
    private static bool Each(string name) => name.ToLowerInvariant() is "x-served-by" or "x-conversation-id" or "location" or "link" or "etag" or "content-security-policy";

    private static async Task<string> IdAsync(HttpClient app) => (await app.ListAsync("MaintenanceRequests?page_size=1")).Items[0].Id;
}
