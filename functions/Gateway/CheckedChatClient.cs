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

    /// <summary>Whether the model has finished, as of an update: after the result of a tool, and after words, it has to say so again.</summary>
    private static bool IsComplete(ChatResponseUpdate update, bool before) =>
        !update.Contents.Any(content => content is FunctionResultContent)
        && (update.FinishReason is not null || (before && update.Text.Length == 0));

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
