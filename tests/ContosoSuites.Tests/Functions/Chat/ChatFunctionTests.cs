using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Functions.Chat;

/// <summary>POST api/Chat with every part healthy.</summary>
public sealed class ChatFunctionTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private static readonly string[] Regions = ["swedencentral", "francecentral"];

    private readonly TestSystem _system = shared.System;

    public static TheoryData<string, HttpContent> Bodies => new()
    {
        { "url-encoded form", new FormUrlEncodedContent([new("message", "Hello")]) },
        { "multipart form", new MultipartFormDataContent { { new StringContent("Hello"), "message" } } },
        { "json", JsonContent.Create(new { message = "Hello" }) },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task Answers_text_to_every_kind_of_body(string kind, HttpContent body)
    {
        using HttpResponseMessage response = await _system.App.PostAsync("Chat", body, TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode, kind);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await TestSystem.TextAsync(response));
        Assert.Contains(Assert.Single(response.Headers.GetValues("x-served-by")), Regions);
    }

    [Fact]
    public async Task Answers_json_with_the_regions_and_the_tokens()
    {
        using HttpResponseMessage response = await _system.ChatAsync("Hello", "application/json");

        JsonElement reply = await TestSystem.JsonAsync(response);
        Assert.NotEmpty(reply.GetProperty("reply").GetString()!);
        Assert.Contains(Assert.Single(reply.GetProperty("servedBy").EnumerateArray()).GetString(), Regions);
        JsonElement usage = reply.GetProperty("usage");
        Assert.True(usage.GetProperty("promptTokens").GetInt64() > 0);
        Assert.Equal(
            usage.GetProperty("promptTokens").GetInt64() + usage.GetProperty("completionTokens").GetInt64(),
            usage.GetProperty("totalTokens").GetInt64());
    }

    [Fact]
    public async Task Streams_the_same_reply_piece_by_piece()
    {
        using HttpResponseMessage whole = await _system.ChatAsync("What can you do for me?");
        using HttpResponseMessage response = await _system.ChatAsync("What can you do for me?", "text/event-stream");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(Assert.Single(response.Headers.GetValues("x-served-by")), Regions);
        List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
        Assert.True(events.Count > 3, "One event is no stream.");
        Assert.Equal(await TestSystem.TextAsync(whole), string.Concat(events.SkipLast(1).Select(e => e.Data.GetProperty("text").GetString())));
        Every.One(events.SkipLast(1), e => Assert.Equal("message", e.Name));
        Assert.Equal("done", events[^1].Name);
        Assert.Single(events[^1].Data.GetProperty("servedBy").EnumerateArray());
        Assert.True(events[^1].Data.GetProperty("usage").GetProperty("completionTokens").GetInt64() > 0);
    }

    public static TheoryData<string, string?, string, HttpStatusCode, string> BadRequests => new()
    {
        { "no body", null, "", HttpStatusCode.UnsupportedMediaType, "message" },
        { "text", "text/plain", "Hello", HttpStatusCode.UnsupportedMediaType, "message" },
        { "xml", "application/xml", "<message/>", HttpStatusCode.UnsupportedMediaType, "application/xml" },
        { "empty json", "application/json", "", HttpStatusCode.BadRequest, "message" },
        { "broken json", "application/json", "{\"message\":", HttpStatusCode.BadRequest, "message" },
        { "json null", "application/json", "null", HttpStatusCode.BadRequest, "message" },
        { "json array", "application/json", "[]", HttpStatusCode.BadRequest, "message" },
        { "wrong type", "application/json", "{\"message\":5}", HttpStatusCode.BadRequest, "message" },
        { "lone surrogate", "application/json", "{\"message\":\"\\ud800\"}", HttpStatusCode.BadRequest, "message" },
        { "no message", "application/json", "{}", HttpStatusCode.BadRequest, "message" },
        { "blank message", "application/json", "{\"message\":\"  \\t \"}", HttpStatusCode.BadRequest, "message" },
        { "other field", "application/x-www-form-urlencoded", "text=Hello", HttpStatusCode.BadRequest, "message" },
        { "empty form", "application/x-www-form-urlencoded", "", HttpStatusCode.BadRequest, "message" },
        { "broken multipart", "multipart/form-data; boundary=x", "no boundary here", HttpStatusCode.BadRequest, "message" },
        { "too long", "application/json", $"{{\"message\":\"{new string('a', 8001)}\"}}", HttpStatusCode.BadRequest, "Chat:MaxMessageLength" },
        { "too large", "application/json", $"{{\"message\":\"{new string('a', 200_000)}\"}}", HttpStatusCode.RequestEntityTooLarge, "8000" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Says_what_is_wrong_with_a_bad_request(string kind, string? contentType, string body, HttpStatusCode status, string mention)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage response = await _system.App.PostAsync("Chat", content, TestContext.Current.CancellationToken);

        Assert.NotEmpty(kind);
        await ProblemAssert.IsProblemAsync(response, status, mention);
    }

    [Fact]
    public async Task A_body_without_a_length_is_limited_too()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"message\":\"{new string('a', 200_000)}\"}}")));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await _system.App.SendAsync(request, TestContext.Current.CancellationToken);

        await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "8000");
    }

    [Fact]
    public async Task The_longest_message_is_accepted()
    {
        using HttpResponseMessage response = await _system.ChatAsync(new string('ä', 8000));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Other_methods_are_refused()
    {
        using HttpResponseMessage response = await _system.App.GetAsync("Chat", TestContext.Current.CancellationToken);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
    }
}
