using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Tells an answer that can not be read from a defect of this app.</summary>
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
        while (await MoveNextAsync(update))
        {
            yield return update.Current;
        }
    }

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
