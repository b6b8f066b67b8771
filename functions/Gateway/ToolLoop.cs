using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Answers a message: calls the model, runs the tools that it asks for, and calls it again with their results. A tool that fails
/// ends the turn as the failure that it is; a call that is wrong is told to the model with the reason, so that it can do better.
/// </summary>
internal sealed class ToolLoop : FunctionInvokingChatClient
{
    private const string NothingToSay = "I could not finish that in one go. Please tell me again what you need.";

    /// <summary>Makes the loop.</summary>
    /// <param name="model">One call of the model's.</param>
    /// <param name="options">Section <c>AzureOpenAI</c>.</param>
    public ToolLoop(IChatClient model, AzureOpenAIOptions options)
        : base(model)
    {
        // The last call is made without tools, so that the turn ends in words.
        MaximumIterationsPerRequest = options.MaxModelCallsPerTurn - 1;

        // Otherwise the model is told that the tool has failed, and makes something up.
        MaximumConsecutiveErrorsPerRequest = 0;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken);
        if (AsksForTools(response.Messages[^1].Contents, before: false))
        {
            response.Messages.Add(new ChatMessage(ChatRole.Assistant, NothingToSay));
        }

        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool asks = false;
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            asks = AsksForTools(update.Contents, asks);
            yield return update;
        }

        if (asks)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, NothingToSay);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ToolArguments.Complain(context) is { } complaint
            ? ValueTask.FromResult<object?>(complaint)
            : base.InvokeFunctionAsync(context, cancellationToken);
    }

    /// <summary>Whether the model still waits for the result of a tool: it does not know that there are none any more.</summary>
    private static bool AsksForTools(IList<AIContent> contents, bool before)
    {
        foreach (AIContent content in contents)
        {
            before = content switch
            {
                FunctionCallContent => true,
                FunctionResultContent => false,
                _ => before,
            };
        }

        return before;
    }
}
