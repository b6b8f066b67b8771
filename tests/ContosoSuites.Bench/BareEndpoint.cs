using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace ContosoSuites.Bench;

/// <summary>
/// What the Function App is held against: a bare ASP.NET Core endpoint that makes the same call over the same gateway with the
/// OpenAI client, as the Web API that the app replaces does.
/// </summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareEndpoint(WebApplication app) => _app = app;

    public Uri Endpoint => new(_app.Urls.Single());

    /// <param name="gateway">The gateway's root.</param>
    /// <param name="subscriptionKey">The caller's key.</param>
    /// <param name="deployment">The chat deployment.</param>
    /// <param name="systemMessage">The function's own system message.</param>
    /// <param name="functions">The tools that the function offers the model: the same call carries the same tools.</param>
    public static async Task<BareEndpoint> StartAsync(
        Uri gateway, string subscriptionKey, string deployment, string systemMessage, IEnumerable<AIFunction> functions)
    {
        List<ChatTool> tools = CreateTools(functions);
        ChatClient client = CreateClient(gateway, subscriptionKey, deployment);

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // As deployed: a logger is there, so requests have activities and model calls carry traceparent, as the function's do.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapPost("/api/Chat", async (Question question, CancellationToken cancellationToken) =>
        {
            var completionOptions = new ChatCompletionOptions();
            tools.ForEach(completionOptions.Tools.Add);
            ChatCompletion completion = await client.CompleteChatAsync(
                [new SystemChatMessage(systemMessage), new UserChatMessage(question.Message)], completionOptions, cancellationToken);
            return Results.Text(completion.Content[0].Text);
        });
        await app.StartAsync();
        return new BareEndpoint(app);
    }

    /// <summary>The client of the endpoint.</summary>
    public static ChatClient CreateClient(Uri gateway, string subscriptionKey, string deployment, PipelineTransport? transport = null)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(gateway, $"openai/deployments/{deployment}"), Transport = transport };
        options.AddPolicy(new AzurePolicy(subscriptionKey), PipelinePosition.BeforeTransport);
        return new ChatClient(deployment, new ApiKeyCredential(subscriptionKey), options);
    }

    /// <summary>The functions as that client takes them, made once.</summary>
    public static List<ChatTool> CreateTools(IEnumerable<AIFunction> functions) => [.. functions.Select(function => ChatTool.CreateFunctionTool(
        function.Name, function.Description, BinaryData.FromString(function.JsonSchema.GetRawText())))];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Question(string Message);

    private sealed class AzurePolicy(string key) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Prepare(message.Request);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Prepare(message.Request);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Prepare(PipelineRequest request)
        {
            request.Uri = new UriBuilder(request.Uri!) { Query = "api-version=2025-04-01-preview" }.Uri;
            request.Headers.Set("api-key", key);
        }
    }
}
