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
/// <param name="settings">Section <c>Chat</c>.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="prices">What tokens cost.</param>
/// <param name="modelCalls">Knows the regions that served.</param>
/// <param name="stream">Answers piece by piece.</param>
public sealed class ChatFunction(
    Kernel kernel,
    ChatTools tools,
    ChatSettings settings,
    TimeProvider timeProvider,
    ModelPrices prices,
    ModelCalls modelCalls,
    ReplyStream stream)
{
    private const string Name = "Chat";

    /// <summary>Answers as text/plain, application/json or text/event-stream, as Accept says.</summary>
    /// <param name="request">A form with the field <c>message</c>, or JSON <c>{"message"}</c>.</param>
    /// <param name="cancellationToken">The caller has left.</param>
    [Function(Name)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        string message = await ChatRequest.ReadMessageAsync(request, settings, cancellationToken);
        IChatClient model = kernel.GetChatClient();
        List<ChatMessage> conversation =
        [
            new(ChatRole.System, ChatPersona.SystemMessage(timeProvider.GetUtcNow())),
            new(ChatRole.User, message),
        ];
        ChatOptions options = tools.CreateOptions();

        AnswerFormat format = request.GetAnswerFormat();
        if (format is AnswerFormat.EventStream)
        {
            return await stream.BeginAsync(
                Name,
                model.GetStreamingResponseAsync(conversation, options, cancellationToken),
                whole => Task.FromResult<object>(new { modelCalls.ServedBy, Usage = TokenUsage.From(whole.Usage, prices), Refused = whole.IsRefusal() }),
                cancellationToken);
        }

        ChatResponse response = await model.GetResponseAsync(conversation, options, cancellationToken);
        return format is AnswerFormat.Json
            ? TypedResults.Ok(new ChatReply(response.Text, modelCalls.ServedBy, TokenUsage.From(response.Usage, prices), response.IsRefusal()))
            : TypedResults.Text(response.Text);
    }
}

/// <summary>A chat answer as application/json.</summary>
/// <param name="Reply">The model's text.</param>
/// <param name="ServedBy">The regions that served the model calls, in order.</param>
/// <param name="Usage">Tokens over all model calls; null where the model did not say.</param>
/// <param name="Refused">Whether the model refused to answer; the reply is then its refusal.</param>
internal sealed record ChatReply(string Reply, IReadOnlyList<string> ServedBy, TokenUsage? Usage, bool Refused);
