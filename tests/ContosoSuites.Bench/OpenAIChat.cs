using System.ClientModel;
using System.ClientModel.Primitives;
using ContosoSuites.Local.Gateway;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace ContosoSuites.Bench;

/// <summary>The function's chat as the OpenAI client makes it: over the same gateway, with the same messages and the same tools.</summary>
internal sealed class OpenAIChat
{
    private readonly ChatClient _client;
    private readonly string _systemMessage;
    private readonly List<ChatTool> _tools;

    /// <param name="gateway">The gateway's root.</param>
    /// <param name="deployment">The chat deployment.</param>
    /// <param name="systemMessage">The function's own.</param>
    /// <param name="functions">The tools that the function offers the model.</param>
    public OpenAIChat(Uri gateway, string deployment, string systemMessage, IEnumerable<AIFunction> functions)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(gateway, $"openai/deployments/{deployment}") };
        options.AddPolicy(new AzurePolicy(), PipelinePosition.BeforeTransport);
        _client = new ChatClient(deployment, new ApiKeyCredential(GatewaySubscription.LocalKey), options);
        _systemMessage = systemMessage;
        _tools = [.. functions.Select(function => ChatTool.CreateFunctionTool(
            function.Name, function.Description, BinaryData.FromString(function.JsonSchema.GetRawText())))];
    }

    /// <summary>Options with the tools, which were written for the wire once.</summary>
    public ChatCompletionOptions CreateOptions()
    {
        var options = new ChatCompletionOptions();
        _tools.ForEach(options.Tools.Add);
        return options;
    }

    /// <summary>The model's answer.</summary>
    public async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        ChatCompletion completion = await _client.CompleteChatAsync(
            [new SystemChatMessage(_systemMessage), new UserChatMessage(question)], CreateOptions(), cancellationToken);
        return completion.Content[0].Text;
    }

    /// <summary>Makes a call to OpenAI one to Azure OpenAI behind API Management.</summary>
    private sealed class AzurePolicy : PipelinePolicy
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

        private static void Prepare(PipelineRequest request)
        {
            request.Uri = new UriBuilder(request.Uri!) { Query = "api-version=2025-04-01-preview" }.Uri;
            request.Headers.Set("api-key", GatewaySubscription.LocalKey);
        }
    }
}
