using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using StreamingChatCompletionUpdate = OpenAI.Chat.StreamingChatCompletionUpdate;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Lets a model's answer through when it is whole, and ends the call with a <see cref="ModelCallException"/> when it is not. It
/// stands below the tool loop, so that every call of a turn is checked before a tool is run for it.
/// </summary>
/// <param name="inner">One call of the model's.</param>
/// <param name="calls">Knows what the last answer was.</param>
internal sealed partial class WholeAnswers(IChatClient inner, ModelCalls calls) : DelegatingChatClient(inner)
{
    /// <summary>Of a function, as Azure OpenAI takes it.</summary>
    private const int LongestName = 64;

    /// <summary>The end of an answer in which the model refuses. That is its answer: the refusal is the text.</summary>
    public static ChatFinishReason Refused { get; } = new("refusal");

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            (Exception cause, string? text) = UnreadAnswer.Explain(e, calls.Current?.LastAnswer);
            throw new ModelCallException(cause, SaidBefore(messages) + text);
        }

        ChatMessage message = response.Messages[^1];
        if (message.Contents.OfType<ErrorContent>().FirstOrDefault(content => content.ErrorCode == "Refusal") is { Message.Length: > 0 } refusal)
        {
            message.Contents[message.Contents.IndexOf(refusal)] = new TextContent(refusal.Message);
            response.FinishReason = response.FinishReason == ChatFinishReason.Stop ? Refused : response.FinishReason;
        }

        if (response.FinishReason == ChatFinishReason.ToolCalls && !HasCall(message.Contents))
        {
            message.Contents.Add(CreateNamelessCall());
        }

        MendCalls(message.Contents);
        ThrowIfNotWhole(response.FinishReason, response.Text, HasCall(message.Contents), messages);
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        ChatFinishReason? end = null;
        bool begun = false, called = false, refused = false;
        await using IAsyncEnumerator<ChatResponseUpdate> updates =
            base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates, messages, text))
        {
            ChatResponseUpdate update = updates.Current;
            if (update.RawRepresentation is StreamingChatCompletionUpdate chunk)
            {
                ThrowIfError(chunk, messages, text);
                if (chunk.RefusalUpdate is { Length: > 0 } refusal)
                {
                    // Only the calls of a stream are told of a refusal by the client.
                    update.Contents.Add(new TextContent(refusal));
                    refused = true;
                }

                if (end is not null && (update.Text.Length > 0 || chunk.ToolCallUpdates.Count > 0))
                {
                    throw Fault(AnswerFault.AfterEnd, end, messages, text);
                }

                end = chunk.FinishReason is null ? end : ReasonOf(chunk, update);
            }

            MendCalls(update.Contents);
            begun = true;
            called |= HasCall(update.Contents);
            text.Append(update.Text);
            update.FinishReason = refused && end == ChatFinishReason.Stop ? Refused : end;
            yield return update;
        }

        if (!begun)
        {
            throw new ModelCallException(new InvalidDataException("The stream is empty."), SaidBefore(messages));
        }

        if (end == ChatFinishReason.ToolCalls && !called)
        {
            called = true;
            yield return new ChatResponseUpdate(ChatRole.Assistant, [CreateNamelessCall()]) { FinishReason = end };
        }

        ThrowIfNotWhole(end, text.ToString(), called, messages);
    }

    /// <summary>The client repeats the first reason in every update; a filter that comes late has the last word.</summary>
    private static ChatFinishReason? ReasonOf(StreamingChatCompletionUpdate chunk, ChatResponseUpdate update) =>
        chunk.FinishReason == OpenAI.Chat.ChatFinishReason.ContentFilter ? ChatFinishReason.ContentFilter : update.FinishReason;

    private static async Task<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, IEnumerable<ChatMessage> messages, StringBuilder text)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ModelCallException(UnreadAnswer.Explain(e, null).Cause, SaidBefore(messages) + text);
        }
    }

    /// <summary>An error inside a stream looks to the client like a piece in which nothing is said.</summary>
    private static void ThrowIfError(StreamingChatCompletionUpdate chunk, IEnumerable<ChatMessage> messages, StringBuilder text)
    {
        if (chunk.CompletionId is null && GatewayErrorBody.Read(ModelReaderWriter.Write(chunk).ToMemory()) is { IsError: true } error)
        {
            throw new ModelCallException(new GatewayErrorException(error), SaidBefore(messages) + text);
        }
    }

    private static void ThrowIfNotWhole(ChatFinishReason? end, string text, bool called, IEnumerable<ChatMessage> messages)
    {
        ChatFinishReason? known = end == Refused ? ChatFinishReason.Stop : end;
        if (AnswerFaultException.Of(known, called || !string.IsNullOrWhiteSpace(text)) is { } fault)
        {
            throw new ModelCallException(fault, SaidBefore(messages) + text);
        }
    }

    private static ModelCallException Fault(AnswerFault fault, ChatFinishReason? end, IEnumerable<ChatMessage> messages, StringBuilder text) =>
        new(new AnswerFaultException(fault, end?.Value), SaidBefore(messages) + text);

    /// <summary>What the model said earlier in this turn, before it asked for tools.</summary>
    private static string SaidBefore(IEnumerable<ChatMessage> messages) => string.Concat(
        messages.Reverse().TakeWhile(message => message.Role != ChatRole.User).Reverse()
            .Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text));

    private static bool HasCall(IList<AIContent> contents)
    {
        foreach (AIContent content in contents)
        {
            if (content is FunctionCallContent)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The client drops a call without a name. With one, the model is told that there is no such function.</summary>
    private static FunctionCallContent CreateNamelessCall() => new($"call_{Guid.NewGuid():N}", "nameless", new Dictionary<string, object?>());

    /// <summary>
    /// Makes calls that can be sent back: with a history that holds an impossible name, or arguments that are no object, a model
    /// refuses every further call.
    /// </summary>
    private static void MendCalls(IList<AIContent> contents)
    {
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not FunctionCallContent call)
            {
                continue;
            }

            call.Arguments ??= new Dictionary<string, object?>();
            if (call.Name.Length > LongestName || ImpossibleInName().IsMatch(call.Name))
            {
                string name = ImpossibleInName().Replace(call.Name, "_");
                contents[i] = new FunctionCallContent(call.CallId, name.Length > LongestName ? name[..LongestName] : name, call.Arguments) { Exception = call.Exception };
            }
        }
    }

    [GeneratedRegex("[^a-zA-Z0-9_-]")]
    private static partial Regex ImpossibleInName();
}
