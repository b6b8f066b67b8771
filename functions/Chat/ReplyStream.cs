using System.Text.Json;
using ContosoSuites.Functions.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Chat;

/// <summary>
/// Writes a reply as server-sent events while the model produces it: <c>data: {"text"}</c> for every piece, then
/// <c>event: done</c> with <c>{"servedBy", "usage"}</c>. A failure before the first piece is an ordinary problem response;
/// after it, <c>event: error</c> with the problem ends the stream, so a reply that broke off never looks complete.
/// </summary>
internal sealed class ReplyStream(HttpContext context, ModelCallScope calls, GatewayProblems problems)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task<IResult> WriteAsync(IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        var usage = new UsageDetails();
        await using IAsyncEnumerator<ChatResponseUpdate> update = updates.GetAsyncEnumerator(cancellationToken);
        bool more = await update.MoveNextAsync();
        await StartAsync(cancellationToken);
        try
        {
            for (; more; more = await update.MoveNextAsync())
            {
                foreach (UsageContent content in update.Current.Contents.OfType<UsageContent>())
                {
                    usage.Add(content.Details);
                }

                if (update.Current.Text is { Length: > 0 } text)
                {
                    await WriteEventAsync(null, new { text }, cancellationToken);
                }
            }

            await WriteEventAsync("done", new { calls.ServedBy, Usage = TokenUsage.From(usage) }, cancellationToken);
        }
        catch (Exception e) when (problems.TryDescribe(e, context, out GatewayProblem problem))
        {
            await WriteEventAsync("error", problem.Details, cancellationToken);
        }

        return Results.Empty;
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers[ModelCallScope.ServedByHeader] = string.Join(", ", calls.ServedBy);
        return context.Response.StartAsync(cancellationToken);
    }

    private async Task WriteEventAsync<T>(string? name, T data, CancellationToken cancellationToken)
    {
        string line = name is null ? "" : $"event: {name}\n";
        await context.Response.WriteAsync($"{line}data: {JsonSerializer.Serialize(data, Json)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
