using System.Net;
using System.Text.Json;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Storage.Sqlite;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Functions.Maintenance.Copilot;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ContosoSuites.Tests.Functions.Maintenance.Copilot.ScriptedModel;

namespace ContosoSuites.Tests.Functions.Answers;

/// <summary>What a model is told of the calls in the table of answers, and what becomes of a tool that fails.</summary>
public sealed class ToolCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. AnswerTable.Rows.Where(row => row.Fault is AnswerFault { Tool: not null, Requests: 1 }).Select(row => row.Says)];

    [Theory, MemberData(nameof(Calls))]
    public async Task The_model_is_told_what_is_wrong_with_its_call(string says)
    {
        AnswerRow row = AnswerTable.Rows.Single(row => row.Says == says);
        var fault = (AnswerFault)row.Fault!;
        await using ScriptedModel script = await StartAsync(Step.Use(new Call(fault.Tool!, fault.Arguments)), Step.Say("Done."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(script);

        using HttpResponseMessage response = await ChatAsync(system);

        Assert.Equal("Done.", await TestSystem.TextAsync(response));
        JsonElement[] messages = [.. script.Requests.Last().GetProperty("messages").EnumerateArray()];
        JsonElement called = messages[^2].GetProperty("tool_calls")[0].GetProperty("function");
        string told = messages[^1].GetProperty("content").GetString()!;
        if (row.Told is null)
        {
            Assert.Equal(JsonValueKind.Object, JsonElement.Parse(told).ValueKind);
            Assert.Contains("hotel", told, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.StartsWith("Error: ", told, StringComparison.Ordinal);
            Assert.Contains(row.Told, told, StringComparison.Ordinal);
        }

        // Azure refuses every history with another name, or with arguments that are no object.
        Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", called.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(called.GetProperty("arguments").GetString()!).ValueKind);
    }

    [Fact]
    public async Task A_room_may_be_written_as_a_number()
    {
        await using ScriptedModel model = await StartAsync(
            Step.Use(new Call("Maintenance_create_maintenance_request", """{"hotel_id":"1.0","details":"A leak.","room_number":303,"source":null}""")), Step.Say("Shall I save it?"));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);

        await system.Talk().SayAsync("A leak in 303.");

        JsonElement result = Assert.Single(model.ToolResults()).Result;
        Assert.Contains("303", result.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Drafted", result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_said_before_its_tools_is_in_the_partial_reply()
    {
        await using ScriptedModel model = await StartAsync(
            new Step("Let me look. ", [Call.Hotels]), Step.Fail(429));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model);

        using HttpResponseMessage response = await ChatAsync(system);

        JsonElement problem = await ProblemAssert.IsProblemAsync(response, HttpStatusCode.TooManyRequests);
        Assert.Equal("Let me look. ", problem.GetProperty("partialReply").GetString());
    }

    /// <summary>What the app itself gets wrong is a defect: it is laid neither at the model's door nor at the gateway's.</summary>
    [Theory]
    [InlineData(typeof(InvalidOperationException), "text/plain")]
    [InlineData(typeof(IOException), "text/plain")]
    [InlineData(typeof(IOException), "text/event-stream")]
    [InlineData(typeof(HttpRequestException), "application/json")]
    [InlineData(typeof(TimeoutException), "application/json")]
    public async Task A_defect_in_a_tool_is_a_defect(Type defect, string accept)
    {
        await using ScriptedModel model = await StartAsync(Step.Use(Call.Hotels), Step.Say("Done."));
        await using CopilotSystem system = await CopilotSystem.StartAsync(model.Endpoint, services => services.AddSingleton(s => Interruption.Of<IHotelStore>(
            ActivatorUtilities.CreateInstance<SqliteHotelStore>(s), _ => (Exception)Activator.CreateInstance(defect)!)));

        using HttpResponseMessage response = await ChatAsync(system, accept);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("model", await TestSystem.TextAsync(response), StringComparison.OrdinalIgnoreCase);
        Assert.Single(model.Requests);
    }

    private static Task<HttpResponseMessage> ChatAsync(CopilotSystem system, string accept = "text/plain")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "Chat") { Content = new FormUrlEncodedContent([new("message", "Hello")]) };
        request.Headers.Accept.ParseAdd(accept);
        return system.Client.SendAsync(request, Cancellation);
    }
}
