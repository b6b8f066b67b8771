using ContosoSuites.Local.Models.Dialogue;
using ContosoSuites.Local.Models.Http;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>Answers chat completion requests.</summary>
internal sealed class ChatOperation(ModelInstanceOptions options, TimeProvider timeProvider)
{
    private readonly RecentTools _recentTools = new();
    private readonly RateLimit _limit = RateLimit.Create(options, timeProvider);

    public async ValueTask AnswerAsync(ModelExchange exchange)
    {
        using RequestBody body = await RequestJson.ReadAsync(exchange.Http.Request, exchange.CancellationToken);
        Deployments.Check(exchange.Route, body.Json, options.ChatDeployment, options.EmbeddingDeployment);
        ChatRequest request = ChatRequestReader.Read(body.Json, _recentTools);
        exchange.Admit(_limit);

        ChatAnswer answer = ChatAnswer.Create(request, DialogueModel.Reply(request), options.ChatModel, timeProvider.GetUtcNow());
        answer = exchange.Fault?.Change(answer) ?? answer;
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
