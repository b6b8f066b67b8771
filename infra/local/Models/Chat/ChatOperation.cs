using System.Text.Json;
using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Answers chat completion requests.</summary>
internal sealed class ChatOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private readonly DialogueModel _dialogue = DialogueModel.Create();

    private readonly RateLimit _limit = new(
        options.RequestsPerMinute ?? ModelInstanceOptions.Unlimited, options.TokensPerMinute ?? ModelInstanceOptions.Unlimited, timeProvider);

    public async ValueTask AnswerAsync(ModelExchange exchange)
    {
        using JsonDocument body = await RequestJson.ReadAsync(exchange.Http.Request, exchange.CancellationToken);
        Deployments.Check(exchange.Route, body.RootElement, options.ChatDeployment, options.EmbeddingDeployment);
        ChatRequest request = ChatRequestReader.Read(body.RootElement);
        exchange.Admit(_limit);

        ChatAnswer answer = ChatAnswer.Create(request, _dialogue.Reply(request), options.ChatModel, timeProvider.GetUtcNow());
        exchange.Charge(_limit, answer.Usage);
        if (request.Stream)
        {
            await new ChatStreamWriter(exchange, answer, request.IncludeUsage, options.ChunkDelay).WriteAsync();
            return;
        }

        ChatCompletionWriter.Write(exchange.Json, answer);
        await exchange.SendResultAsync(answer.Usage);
    }
}
