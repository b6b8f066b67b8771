using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Functions.Maintenance.Copilot;

/// <summary>Checks what the app sends to the model: a real one refuses a history that is torn.</summary>
internal static class Histories
{
    /// <summary>One system message first, then turns that begin with the user; each call answered right after it; no message without content.</summary>
    public static void AssertComplete(JsonElement request)
    {
        JsonElement[] messages = [.. request.GetProperty("messages").EnumerateArray()];
        Assert.Equal("system", RoleOf(messages[0]));
        Assert.Equal("user", RoleOf(messages[1]));
        var unanswered = new HashSet<string>();
        foreach (JsonElement message in messages.Skip(1))
        {
            if (RoleOf(message) == "tool")
            {
                Assert.True(unanswered.Remove(message.GetProperty("tool_call_id").GetString()!), "A result without its call.");
                continue;
            }

            Assert.True(unanswered.Count == 0, "A call without its result.");
            Assert.NotEqual("system", RoleOf(message));
            if (message.TryGetProperty("tool_calls", out JsonElement calls))
            {
                unanswered.UnionWith(calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()!));
            }
            else
            {
                Assert.True(message.GetProperty("content").ToString().Length > 0, $"An empty message of the {RoleOf(message)}'s.");
            }
        }

        Assert.Empty(unanswered);
    }

    private static string RoleOf(JsonElement message) => message.GetProperty("role").GetString()!;
}
