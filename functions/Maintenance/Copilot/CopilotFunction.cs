using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>POST api/MaintenanceCopilotChat: one turn of a conversation that ends in a saved maintenance request.</summary>
/// <param name="turns">Begins turns.</param>
/// <param name="settings">Section <c>Copilot</c>.</param>
/// <param name="prices">What tokens cost.</param>
/// <param name="modelCalls">Knows the regions that served.</param>
/// <param name="stream">Answers piece by piece.</param>
public sealed class CopilotFunction(CopilotTurns turns, CopilotSettings settings, ModelPrices prices, ModelCalls modelCalls, ReplyStream stream)
{
    private const string Name = "MaintenanceCopilotChat";

    internal const string ConversationHeader = "x-conversation-id";

    /// <summary>
    /// Answers as text/plain, application/json or text/event-stream, as Accept says, with the conversation's id in
    /// <c>x-conversation-id</c>. A turn that fails leaves the conversation as it was: the same message again continues it.
    /// </summary>
    /// <param name="request">A JSON string, or JSON <c>{"message", "conversationId"}</c>.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function(Name)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        CopilotRequest copilotRequest = await CopilotRequest.ReadAsync(request, settings, cancellationToken);
        CopilotTurn turn = await turns.BeginAsync(copilotRequest, cancellationToken);
        request.HttpContext.Response.Headers[ConversationHeader] = turn.ConversationId;

        AnswerFormat format = request.GetAnswerFormat();
        if (format is AnswerFormat.EventStream)
        {
            return await stream.BeginAsync(
                Name,
                turn.StreamAsync(cancellationToken),
                async whole =>
                {
                    await turn.EndAsync(whole, cancellationToken);
                    return Describe(turn, whole);
                },
                cancellationToken);
        }

        ChatResponse response = await turn.RunAsync(cancellationToken);
        if (!await turn.TryEndAsync(response, cancellationToken))
        {
            // Another turn of this conversation came between: take this one again, on top of that.
            turn = await turns.BeginAgainAsync(copilotRequest, turn, cancellationToken);
            response = await turn.RunAsync(cancellationToken);
            await turn.EndAsync(response, cancellationToken);
        }

        CopilotReply reply = Describe(turn, response);
        return format is AnswerFormat.Json ? TypedResults.Ok(reply) : TypedResults.Text(reply.Reply);
    }

    private CopilotReply Describe(CopilotTurn turn, ChatResponse response) => new(
        turn.ConversationId,
        response.Text,
        turn.SavedRequestId,
        modelCalls.ServedBy,
        TokenUsage.From(response.Usage, prices),
        TokenUsage.From(turn.ConversationUsage, prices),
        response.IsRefusal());
}

/// <summary>A copilot's answer as application/json.</summary>
/// <param name="ConversationId">Continues the conversation.</param>
/// <param name="Reply">The copilot's text.</param>
/// <param name="SavedRequestId">The maintenance request that this turn saved; null where none.</param>
/// <param name="ServedBy">The regions that served the model calls, in order.</param>
/// <param name="Usage">Tokens over all model calls of the turn; null where the model did not say.</param>
/// <param name="ConversationUsage">
/// The same over all turns of the conversation so far, of which one that failed is none; null where that is not known of every turn.
/// </param>
/// <param name="Refused">Whether the model refused to answer; the reply is then its refusal.</param>
internal sealed record CopilotReply(
    string ConversationId,
    string Reply,
    string? SavedRequestId,
    IReadOnlyList<string> ServedBy,
    TokenUsage? Usage,
    TokenUsage? ConversationUsage,
    bool Refused);
