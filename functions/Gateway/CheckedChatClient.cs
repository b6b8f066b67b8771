using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Tells an answer that can not be read from a defect of this app, and a stream that ends too early from one that is complete.</summary>
/// <param name="inner">The kernel's chat client.</param>
internal sealed class CheckedChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (UnreadableAnswerException.Explains(e))
        {
            throw new UnreadableAnswerException(e);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using IAsyncEnumerator<ChatResponseUpdate> update =
            base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool begun = false, complete = false;
        while (await MoveNextAsync(update))
        {
            begun = true;
            complete = IsComplete(update.Current, complete);
            yield return update.Current;
        }

        if (!complete)
        {
            // Something in between may close a stream in good order. What was said until then is not the answer.
            var early = new IOException("The stream ended before the model said that it had finished.");
            throw begun ? early : new UnreadableAnswerException(early);
        }
    }

    /// <summary>Whether the model has finished with an update: it says so, and after it asked for tools it has more to say.</summary>
    private static bool IsComplete(ChatResponseUpdate update, bool before) => update.FinishReason is { } reason
        ? reason != ChatFinishReason.ToolCalls
        : before && update.Text.Length == 0;

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> update)
    {
        try
        {
            return await update.MoveNextAsync();
        }
        catch (Exception e) when (UnreadableAnswerException.Explains(e))
        {
            throw new UnreadableAnswerException(e);
        }
    }
}
