using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Answers with a reply as server-sent events while the model produces it: <c>data: {"text"}</c> for every piece, then
/// <c>event: done</c> with what is known of the whole. A failure before the first piece is an ordinary problem response;
/// after it, <c>event: error</c> with the problem ends the stream, so a reply that broke off never looks complete.
/// </summary>
/// <param name="problems">Describes what goes wrong on the way.</param>
public sealed class ReplyStream(FunctionProblems problems)
{
    /// <summary>Begins a reply: returns when its first event is there, so that what fails until then fails the function.</summary>
    /// <param name="function">The function that answers.</param>
    /// <param name="updates">The reply's pieces.</param>
    /// <param name="complete">Called with all pieces when the reply is complete; its result is the data of <c>done</c>.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<IResult> BeginAsync(
        string function, IAsyncEnumerable<ChatResponseUpdate> updates, Func<ChatResponse, Task<object>> complete, CancellationToken cancellationToken)
    {
        IAsyncEnumerator<SseItem<object>> events = ToEventsAsync(updates, complete, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            await events.MoveNextAsync();
            return TypedResults.ServerSentEvents(FromFirstAsync(function, events, cancellationToken));
        }
        catch
        {
            await events.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<SseItem<object>> ToEventsAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates,
        Func<ChatResponse, Task<object>> complete,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in updates.WithCancellation(cancellationToken))
        {
            all.Add(update);
            if (update.Text is { Length: > 0 } text)
            {
                yield return new SseItem<object>(new { text });
            }
        }

        yield return new SseItem<object>(await complete(all.ToChatResponse()), "done");
    }

    private async IAsyncEnumerable<SseItem<object>> FromFirstAsync(
        string function, IAsyncEnumerator<SseItem<object>> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<SseItem<object>> _ = events;
        FunctionProblem? problem = null;
        bool more = true;
        while (more)
        {
            yield return events.Current;
            try
            {
                more = await events.MoveNextAsync();
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && problems.TryDescribe(function, e, out problem))
            {
                more = false;
            }
        }

        if (problem is not null)
        {
            yield return new SseItem<object>(problem.Details, "error");
        }
    }
}
