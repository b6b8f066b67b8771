using System.Text.Json;
using ContosoSuites.Functions.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Writes a reply as server-sent events while the model produces it: <c>data: {"text"}</c> for every piece, then
/// <c>event: done</c> with what is known of the whole. A failure before the first piece is an ordinary problem response;
/// after it, <c>event: error</c> with the problem ends the stream, so a reply that broke off never looks complete.
/// </summary>
/// <param name="context">The request being answered.</param>
/// <param name="problems">Describes what goes wrong on the way.</param>
internal sealed class ReplyStream(HttpContext context, FunctionProblems problems)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the stream.</summary>
    /// <param name="updates">The reply's pieces.</param>
    /// <param name="calls">Knows the regions that served.</param>
    /// <param name="complete">Called with all pieces when the reply is complete; its result is the data of <c>done</c>.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<IResult> WriteAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates,
        ModelCallScope calls,
        Func<ChatResponse, Task<object>> complete,
        CancellationToken cancellationToken)
    {
        var all = new List<ChatResponseUpdate>();
        await using IAsyncEnumerator<ChatResponseUpdate> update = updates.GetAsyncEnumerator(cancellationToken);
        bool more = await update.MoveNextAsync();
        try
        {
            for (; more; more = await update.MoveNextAsync())
            {
                all.Add(update.Current);
                if (update.Current.Text is { Length: > 0 } text)
                {
                    await StartAsync(calls, cancellationToken);
                    await WriteEventAsync(null, new { text }, cancellationToken);
                }
            }

            object whole = await complete(all.ToChatResponse());
            await StartAsync(calls, cancellationToken);
            await WriteEventAsync("done", whole, cancellationToken);
        }
        catch (Exception e) when (context.Response.HasStarted && problems.TryDescribe(e, context, out FunctionProblem? problem))
        {
            await WriteEventAsync("error", problem.Details, cancellationToken);
        }

        return Results.Empty;
    }

    /// <summary>Sends the headers with the first piece, when the first regions are known.</summary>
    private Task StartAsync(ModelCallScope calls, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        calls.WriteServedBy(context.Response);
        return context.Response.StartAsync(cancellationToken);
    }

    private async Task WriteEventAsync<T>(string? name, T data, CancellationToken cancellationToken)
    {
        string line = name is null ? "" : $"event: {name}\n";
        await context.Response.WriteAsync($"{line}data: {JsonSerializer.Serialize(data, Json)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
