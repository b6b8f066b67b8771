using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>That the copilot holds a conversation and, where that is allowed, saves what was approved.</summary>
internal sealed class CopilotCheck(VerifiedApp app, VerifyOptions options)
{
    private const string Room = "TEST";

    public Check Check => new(
        "Maintenance copilot",
        "The problem's detail; where a reply has no draft, try the conversation with ./dev ask --copilot.",
        RunAsync);

    private async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        string hotel;
        using (HttpResponseMessage hotels = await app.GetAsync("Hotels", cancellationToken))
        {
            if (await VerifiedApp.ReadJsonAsync(hotels, cancellationToken) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            {
                return Finding.Skipped("it needs a hotel, and there is none");
            }

            hotel = list[0].GetProperty("hotelName").GetString()!;
        }

        string? conversation = null;
        string? saved = null;
        string[] messages =
        [
            $"Please create a maintenance request for room {Room} at the {hotel}. The lamp of this test of the deployment is broken.",
            options.Write ? "Yes, save it." : "No, do not save it.",
        ];
        foreach (string message in messages)
        {
            using HttpResponseMessage response = await app.PostAsync("MaintenanceCopilotChat", new { message, conversationId = conversation }, "application/json", cancellationToken);
            if (await VerifiedApp.ReadJsonAsync(response, cancellationToken) is not { } turn)
            {
                return Finding.Failed(await ProblemText.DescribeAsync(response, cancellationToken));
            }

            conversation = turn.GetProperty("conversationId").GetString();
            saved = turn.GetProperty("savedRequestId").GetString() ?? saved;
        }

        return (options.Write, saved) switch
        {
            (true, null) => Finding.Failed("two turns, and nothing was saved after \"Yes, save it.\""),
            (false, not null) => Finding.Failed($"it saved {saved} without a yes"),
            (false, null) => Finding.Passed("two turns of one conversation; nothing saved (--write saves a request)"),
            (true, _) => await FindAsync(saved, cancellationToken),
        };
    }

    private async Task<Finding> FindAsync(string saved, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await app.GetAsync($"MaintenanceRequests/{saved}", cancellationToken);
        return await VerifiedApp.ReadJsonAsync(response, cancellationToken) is { } request
            ? Finding.Passed($"request {saved} is saved and found again: {request.GetProperty("hotel").GetString()}, room {request.GetProperty("room_number")}")
            : Finding.Failed($"request {saved} was confirmed, and is not found: {await ProblemText.DescribeAsync(response, cancellationToken)}");
    }
}
