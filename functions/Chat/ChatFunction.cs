using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Chat;

/// <summary>POST api/Chat: one question, one answer; nothing is remembered between calls.</summary>
/// <param name="kernel">The way to the models.</param>
/// <param name="tools">What the model may call.</param>
/// <param name="azureOpenAI">Section <c>AzureOpenAI</c>.</param>
/// <param name="settings">Section <c>Chat</c>.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="function">Runs the function's work.</param>
/// <param name="problems">Describes what goes wrong in the middle of a stream.</param>
public sealed class ChatFunction(
    Kernel kernel,
    ChatTools tools,
    AzureOpenAIOptions azureOpenAI,
    ChatSettings settings,
    TimeProvider timeProvider,
    HttpFunction function,
    FunctionProblems problems)
{
    /// <summary>Answers as text/plain, application/json or text/event-stream, as Accept says.</summary>
    /// <param name="request">A form with the field <c>message</c>, or JSON <c>{"message"}</c>.</param>
    [Function("Chat")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request) =>
        function.RunAsync("Chat", request, async (calls, cancellationToken) =>
        {
            string message = await ChatRequest.ReadMessageAsync(request, settings, cancellationToken);
            IChatClient model = kernel.GetChatClient().LimitModelCalls(azureOpenAI.MaxModelCallsPerTurn);
            List<ChatMessage> conversation =
            [
                new(ChatRole.System, ChatPersona.SystemMessage(timeProvider.GetUtcNow())),
                new(ChatRole.User, message),
            ];
            ChatOptions options = tools.CreateOptions();

            AnswerFormat format = request.GetAnswerFormat();
            if (format is AnswerFormat.EventStream)
            {
                return await new ReplyStream(request.HttpContext, problems).WriteAsync(
                    model.GetStreamingResponseAsync(conversation, options, cancellationToken),
                    calls,
                    whole => Task.FromResult<object>(new { calls.ServedBy, Usage = TokenUsage.From(whole.Usage) }),
                    cancellationToken);
            }

            ChatResponse response = await model.GetResponseAsync(conversation, options, cancellationToken);
            calls.WriteServedBy(request.HttpContext.Response);
            return format is AnswerFormat.Json
                ? TypedResults.Json(new ChatReply(response.Text, calls.ServedBy, TokenUsage.From(response.Usage)))
                : TypedResults.Text(response.Text);
        });
}
