using System.Net.Http.Json;
using System.Text.Json;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Chat;

/// <summary>What the model is told of a chat. The clock stands at 22 November 2026.</summary>
public sealed class ChatPromptTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/event-stream")]
    public async Task The_model_is_told_who_it_is_the_day_and_the_message_and_offered_the_hotels(string accept)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using ScriptedModel model = await ScriptedModel.StartAsync(Step.Say("Good morning."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);
        using var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = JsonContent.Create(new { message = "Hello there" }) };
        request.Headers.Accept.ParseAdd(accept);
        using HttpResponseMessage response = await system.Client.SendAsync(request, cancellation);
        Assert.Contains("morning", await response.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);

        JsonElement sent = Assert.Single(model.Requests);
        JsonElement[] messages = [.. sent.GetProperty("messages").EnumerateArray()];
        Assert.Equal(["system", "user"], messages.Select(message => message.GetProperty("role").GetString()));
        string system0 = messages[0].GetProperty("content").GetString()!;
        Assert.StartsWith("You are the assistant of Contoso Suites", system0, StringComparison.Ordinal);
        Assert.EndsWith("Today is 2026-11-22.", system0, StringComparison.Ordinal);
        Assert.Contains("Hello there", messages[1].GetProperty("content").ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["Hotels_get_bookings_by_hotel_and_minimum_date", "Hotels_get_bookings_for_hotel", "Hotels_get_hotels"],
            sent.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
    }
}
