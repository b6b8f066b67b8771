using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Tokens;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// Sends the answer to the caller. A backend's body goes through piece by piece, byte for byte; when it breaks off or stalls
/// the caller's connection is cut too, as a body that merely ended early would look complete. What a model's answer tells of
/// its tokens is read on the way.
/// </summary>
internal sealed class ResponseWriter(TimeSpan idleTimeout)
{
    // What API Management gathers when it is not told to pass every piece on.
    private const int BufferSize = 8192;

    /// <summary>Sends the response of <paramref name="execution"/>; says how its body ended.</summary>
    public async ValueTask<ForwardError> WriteAsync(HttpContext http, PolicyExecution execution)
    {
        var response = execution.Response!;
        http.Response.StatusCode = response.StatusCode;
        if (response.StatusReason != ReasonPhrases.GetReasonPhrase(response.StatusCode))
        {
            http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = response.StatusReason;
        }

        var usage = UsageWatch.Over(execution);
        if (usage is { IsOfStream: true })
        {
            // Even when all of it comes at once: what a caller is told must not hang on how the network cuts a stream.
            execution.Tokens.WriteHeaders(http.Response.Headers);
        }

        if (response.Message is { } message)
        {
            return await PassAsync(http.Response, message, execution, usage);
        }

        var content = response.Content!.Value;
        execution.Tokens.WriteHeaders(http.Response.Headers);
        http.Response.ContentLength = content.Length;
        await http.Response.BodyWriter.WriteAsync(content, execution.CallerGone);
        return ForwardError.None;
    }

    private async ValueTask<ForwardError> PassAsync(HttpResponse caller, HttpResponseMessage message, PolicyExecution execution, UsageWatch? usage)
    {
        var limit = execution.Limit!;
        var writer = caller.BodyWriter;
        var flushEachPiece = execution.Response!.FlushEachPiece;
        var length = message.Content.Headers.ContentLength;
        long passed = 0;
        var unflushed = 0;
        try
        {
            var body = await message.Content.ReadAsStreamAsync(limit.Token);
            while (passed != length)
            {
                limit.Restart(idleTimeout);
                var piece = writer.GetMemory();
                var read = await body.ReadAsync(piece, limit.Token);
                if (read == 0)
                {
                    break;
                }

                usage?.Observe(piece.Span[..read]);
                writer.Advance(read);
                passed += read;
                unflushed += read;
                if ((flushEachPiece || unflushed >= BufferSize) && passed != length && usage?.HoldsHeaders is not true)
                {
                    await FlushAsync(caller, execution);
                    unflushed = 0;
                }
            }

            usage?.End(isWhole: true);
            await FlushAsync(caller, execution);
            return ForwardError.None;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            usage?.End(isWhole: false);
            return limit.CallerGone ? ForwardError.CallerGone : limit.TimeIsUp ? ForwardError.BodyStalled : ForwardError.BodyCut;
        }
    }

    private static async ValueTask FlushAsync(HttpResponse caller, PolicyExecution execution)
    {
        execution.Tokens.WriteHeaders(caller.Headers);

        // A caller that reads slowly does not make the backend silent.
        var limit = execution.Limit!;
        limit.Restart(Timeout.InfiniteTimeSpan);
        await caller.BodyWriter.FlushAsync(limit.Token);
    }
}

/// <summary>
/// Ends a response in the middle. It is meant to reach Kestrel, which sends what there is and closes the connection without
/// the end of the body; an abort would take back what the caller has not read yet.
/// </summary>
internal sealed class ResponseCutException(ForwardError reason) : Exception($"The backend's response broke off ({reason}).");
