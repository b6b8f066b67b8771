using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Chat;

/// <summary>POST api/Chat: one question, one answer; nothing is remembered between calls.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="settings">Section <c>Chat</c>.</param>
/// <param name="modelCalls">Names the function on its model calls.</param>
/// <param name="problems">Describes failed model calls.</param>
public sealed class ChatFunction(Kernel kernel, ChatSettings settings, ModelCalls modelCalls, GatewayProblems problems)
{
    /// <summary>Answers as text/plain, application/json or text/event-stream, as Accept says.</summary>
    /// <param name="request">A form with the field <c>message</c>, or JSON <c>{"message"}</c>.</param>
    [Function("Chat")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request)
    {
        // The caller's disconnect ends the model call.
        CancellationToken cancellationToken = request.HttpContext.RequestAborted;
        using ModelCallScope calls = modelCalls.Begin("Chat");
        try
        {
            string message = await ChatRequest.ReadMessageAsync(request, settings, cancellationToken);
            IChatClient model = kernel.GetChatClient();
            List<ChatMessage> conversation = [new(ChatRole.System, ChatPersona.SystemMessage), new(ChatRole.User, message)];

            AnswerFormat format = request.GetAnswerFormat();
            if (format is AnswerFormat.EventStream)
            {
                var stream = new ReplyStream(request.HttpContext, calls, problems);
                return await stream.WriteAsync(model.GetStreamingResponseAsync(conversation, cancellationToken: cancellationToken), cancellationToken);
            }

            ChatResponse response = await model.GetResponseAsync(conversation, cancellationToken: cancellationToken);
            request.HttpContext.Response.Headers[ModelCallScope.ServedByHeader] = string.Join(", ", calls.ServedBy);
            return format is AnswerFormat.Json
                ? TypedResults.Json(new ChatReply(response.Text, calls.ServedBy, TokenUsage.From(response.Usage)))
                : TypedResults.Text(response.Text);
        }
        catch (InvalidRequestException e)
        {
            return e.ToProblem();
        }
        catch (Exception e) when (problems.TryDescribe(e, request.HttpContext, out GatewayProblem problem))
        {
            return problem;
        }
    }
}
