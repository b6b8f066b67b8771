using System.Net;
using System.Text;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Tests.Functions.Maintenance;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>Input that can not be served is refused with the name of what is wrong and what to send instead.</summary>
public sealed class InputTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("details", "\"a\\u0000b\"", "control characters")]
    [InlineData("details", "\"bell\\u0007\"", "control characters")]
    [InlineData("details", "\"\\u200B\\u200D\\uFEFF \"", "missing")]
    [InlineData("details", "\"\\u3164\\u2800\"", "missing")]
    [InlineData("room_number", "\"3\\u001b\"", "control characters")]
    [InlineData("room_number", "\"\\u200B\"", "seen")]
    [InlineData("location", "\"\\u2060\"", "seen")]
    [InlineData("date", "\"1999-12-31\"", "before the year 2000")]
    [InlineData("date", "\"0001-01-01\"", "ISO 8601")]
    [InlineData("date", "\"31.12.2026\"", "ISO 8601")]
    [InlineData("date", "5", "ISO 8601")]
    [InlineData("hotel_id", "\"one\"", "not valid")]
    [InlineData("hotel_id", "1.5", "not valid")]
    [InlineData("source", "[]", "not valid")]
    [InlineData("room_number", "true", "whole number")]
    public async Task A_field_that_is_wrong_is_named(string field, string json, string says)
    {
        var fields = new Dictionary<string, string> { ["hotel_id"] = "1", ["source"] = "\"staff\"", ["details"] = "\"The tap drips.\"", [field] = json };
        string body = $"{{{string.Join(", ", fields.Select(f => $"\"{f.Key}\": {f.Value}"))}}}";

        using HttpResponseMessage answer = await PostAsync("MaintenanceRequests", body);

        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest, field, says);
    }

    [Theory]
    [InlineData("Chat", """{"message": 5}""", "message")]
    [InlineData("MaintenanceCopilotChat", """{"message": {"text": "a"}}""", "message is not valid")]
    [InlineData("MaintenanceCopilotChat", """{"message": "a", "conversationId": 7}""", "conversationId is not valid")]
    [InlineData("Vectorize", """{"text": ["a"]}""", "text")]
    [InlineData("VectorSearch", """[1, "two"]""", "[1]")]
    [InlineData("Chat", "{\n\"message\" \"a\"}", "line 2")]
    [InlineData("Chat", """{"message": "\u200B\u200B"}""", "no message")]
    public async Task In_every_function(string route, string body, string says)
    {
        using HttpResponseMessage answer = await PostAsync(route, body);

        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest, says);
    }

    [Fact]
    public async Task Several_lines_of_details_are_stored_as_they_are()
    {
        MaintenanceRequest stored = await shared.System.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "The tap drips.\r\n\tThe sink too. 🚰" });

        Assert.Equal("The tap drips.\r\n\tThe sink too. 🚰", stored.Details);
    }

    [Theory]
    [InlineData("application/json", "gzip", "content encoding")]
    [InlineData("application/json; charset=utf-16", null, "charset")]
    [InlineData("application/json; charset=\"iso-8859-1\"", null, "charset")]
    public async Task A_body_that_is_written_otherwise_is_415(string contentType, string? encoding, string says)
    {
        foreach (string route in new[] { "Chat", "Vectorize", "VectorSearch", "MaintenanceRequests", "MaintenanceCopilotChat" })
        {
            using HttpResponseMessage answer = await PostAsync(route, "{}", contentType, encoding);

            await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.UnsupportedMediaType, says);
        }
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8", "identity")]
    [InlineData("application/json; charset=\"utf-8\"", null)]
    public async Task A_body_that_says_what_it_is_anyway_is_read(string contentType, string? encoding)
    {
        using HttpResponseMessage answer = await PostAsync("Vectorize", """{"text": "Tap"}""", contentType, encoding);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Vectorize?text=a&text=b", "text")]
    [InlineData("MaintenanceRequests?hotel_id=1&hotel_id=2", "hotel_id")]
    [InlineData("MaintenanceRequests?page_size=1&PAGE_SIZE=2", "page_size")]
    [InlineData("BackendDistribution?from=2026-01-01&from=2026-01-02", "from")]
    public async Task A_parameter_that_is_given_twice_is_named(string address, string parameter)
    {
        using HttpResponseMessage answer = await shared.System.App.GetAsync(address, Cancellation);

        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.BadRequest, parameter, "more than once");
    }

    [Fact]
    public async Task An_id_is_found_in_letters_of_either_case()
    {
        MaintenanceRequest stored = await shared.System.App.StoreAsync(new { hotel_id = 1, source = "staff", details = "The tap drips." });

        using HttpResponseMessage answer = await shared.System.App.GetAsync($"MaintenanceRequests/{stored.Id.ToUpperInvariant()}", Cancellation);

        Assert.Equal(stored.Id, (await MaintenanceClient.ReadAsync(answer, HttpStatusCode.OK)).Id);
    }

    private async Task<HttpResponseMessage> PostAsync(string route, string body, string contentType = "application/json", string? encoding = null)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await shared.System.App.PostAsync(route, content, Cancellation);
    }
}
