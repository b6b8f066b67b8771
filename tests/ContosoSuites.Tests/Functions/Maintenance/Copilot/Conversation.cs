using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>A person who talks to the copilot, and sends the conversation's id along once there is one.</summary>
internal sealed class Conversation(HttpClient client)
{
    public string? Id { get; set; }

    /// <summary>Sends a message and expects a reply.</summary>
    public async Task<CopilotAnswer> SayAsync(string message, string accept = "application/json")
    {
        using HttpResponseMessage response = await SendAsync(message, accept);
        string problem = response.IsSuccessStatusCode ? "" : await TestSystem.TextAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {problem}");
        CopilotAnswer answer = await CopilotAnswer.ReadAsync(response);
        Id ??= answer.ConversationId;
        Assert.Equal(Id, answer.ConversationId);
        return answer;
    }

    /// <summary>Sends messages one after the other; the last reply.</summary>
    public async Task<CopilotAnswer> SayAllAsync(params string[] messages)
    {
        CopilotAnswer? answer = null;
        foreach (string message in messages)
        {
            answer = await SayAsync(message);
        }

        return answer!;
    }

    public async Task<HttpResponseMessage> SendAsync(string message, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "MaintenanceCopilotChat")
        {
            Content = JsonContent.Create(new { message, conversationId = Id }),
        };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

/// <summary>A reply in whichever form it came.</summary>
internal sealed record CopilotAnswer(string ConversationId, string Reply, string? SavedRequestId)
{
    public static async Task<CopilotAnswer> ReadAsync(HttpResponseMessage response)
    {
        string id = Assert.Single(response.Headers.GetValues("x-conversation-id"));
        Assert.NotEmpty(response.Headers.GetValues("x-served-by"));
        switch (response.Content.Headers.ContentType?.MediaType)
        {
            case "text/plain":
                return new CopilotAnswer(id, await TestSystem.TextAsync(response), null);
            case "application/json":
                return From(id, await TestSystem.JsonAsync(response));
            case "text/event-stream":
                List<(string Name, JsonElement Data)> events = await ServerSentEvents.ReadAsync(response);
                Assert.True(events.Count > 2, "One event is no stream.");
                Assert.Equal("done", events[^1].Name);
                CopilotAnswer whole = From(id, events[^1].Data);
                Assert.Equal(whole.Reply, string.Concat(events.SkipLast(1).Select(e => e.Data.GetProperty("text").GetString())));
                return whole;
            default:
                throw new InvalidDataException($"A reply as {response.Content.Headers.ContentType}.");
        }
    }

    private static CopilotAnswer From(string id, JsonElement reply)
    {
        Assert.Equal(id, reply.GetProperty("conversationId").GetString());
        return new CopilotAnswer(id, reply.GetProperty("reply").GetString()!, reply.GetProperty("savedRequestId").GetString());
    }
}
