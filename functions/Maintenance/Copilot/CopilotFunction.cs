using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>POST api/MaintenanceCopilotChat: one turn of a conversation that ends in a saved maintenance request.</summary>
public sealed class CopilotFunction
{
    internal const string ConversationHeader = "x-conversation-id";

    private readonly CopilotTurns _turns;
    private readonly CopilotSettings _settings;
    private readonly HttpFunction _function;
    private readonly FunctionProblems _problems;

    /// <summary>Creates the function.</summary>
    /// <param name="turns">Begins turns.</param>
    /// <param name="settings">Section <c>Copilot</c>.</param>
    /// <param name="function">Runs the function's work.</param>
    /// <param name="problems">Describes what goes wrong in the middle of a stream.</param>
    public CopilotFunction(CopilotTurns turns, CopilotSettings settings, HttpFunction function, FunctionProblems problems)
    {
        _turns = turns;
        _settings = settings;
        _function = function;
        _problems = problems;
    }

    /// <summary>
    /// Answers as text/plain, application/json or text/event-stream, as Accept says, with the conversation's id in
    /// <c>x-conversation-id</c>. A turn that fails leaves the conversation as it was: the same message again continues it.
    /// </summary>
    /// <param name="request">A JSON string, or JSON <c>{"message", "conversationId"}</c>.</param>
    [Function("MaintenanceCopilotChat")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) =>
        _function.RunAsync("MaintenanceCopilotChat", request, async (calls, cancellationToken) =>
        {
            CopilotRequest copilotRequest = await CopilotRequest.ReadAsync(request, _settings, cancellationToken);
            request.HttpContext.Response.Headers[ConversationHeader] = copilotRequest.Conversation.Id;
            CopilotTurn turn = await _turns.BeginAsync(copilotRequest, cancellationToken);

            AnswerFormat format = request.GetAnswerFormat();
            if (format is AnswerFormat.EventStream)
            {
                return await new ReplyStream(request.HttpContext, _problems).WriteAsync(
                    turn.StreamAsync(cancellationToken),
                    calls,
                    async whole =>
                    {
                        await turn.EndAsync(whole, cancellationToken);
                        return Describe(turn, whole, calls);
                    },
                    cancellationToken);
            }

            ChatResponse response = await turn.RunAsync(cancellationToken);
            if (!await turn.TryEndAsync(response, cancellationToken))
            {
                // Another turn of this conversation came between: take this one again, on top of that.
                turn = await _turns.BeginAgainAsync(copilotRequest, turn, cancellationToken);
                response = await turn.RunAsync(cancellationToken);
                await turn.EndAsync(response, cancellationToken);
            }

            calls.WriteServedBy(request.HttpContext.Response);
            CopilotReply reply = Describe(turn, response, calls);
            return format is AnswerFormat.Json ? TypedResults.Json(reply) : TypedResults.Text(reply.Reply);
        });

    private static CopilotReply Describe(CopilotTurn turn, ChatResponse response, ModelCallScope calls) =>
        new(turn.ConversationId, CopilotTurn.TextOf(response), turn.SavedRequestId, calls.ServedBy, TokenUsage.From(response.Usage));
}
