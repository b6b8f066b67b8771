using System.IO.Pipelines;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.AspNetCore.Http.Features;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// Sends the answer to the caller. A backend's body goes through piece by piece, byte for byte; when it breaks off or stalls
/// the caller's connection is cut too, as a body that merely ended early would look complete.
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
        if (response.StatusReason != ResponseState.ReasonOf(response.StatusCode))
        {
            http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = response.StatusReason;
        }

        if (response.Message is { } message)
        {
            return await PassAsync(message, http.Response.BodyWriter, execution.Limit!, execution.Record.Bodies, response.FlushEachPiece);
        }

        var content = response.Content!.Value;
        http.Response.ContentLength = content.Length;
        await http.Response.BodyWriter.WriteAsync(content, execution.CallerGone);
        return ForwardError.None;
    }

    private async ValueTask<ForwardError> PassAsync(HttpResponseMessage message, PipeWriter writer, CallLimit limit, LoggedBodies? log, bool flushEachPiece)
    {
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

                log?.AddToResponse(piece.Span[..read]);
                writer.Advance(read);
                passed += read;
                unflushed += read;
                if (flushEachPiece || unflushed >= BufferSize || passed == length)
                {
                    await FlushAsync(writer, limit);
                    unflushed = 0;
                }
            }

            if (unflushed > 0)
            {
                await FlushAsync(writer, limit);
            }

            return ForwardError.None;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return limit.CallerGone ? ForwardError.CallerGone : limit.TimeIsUp ? ForwardError.BodyStalled : ForwardError.BodyCut;
        }
    }

    private static ValueTask<FlushResult> FlushAsync(PipeWriter writer, CallLimit limit)
    {
        // A caller that reads slowly does not make the backend silent.
        limit.Restart(Timeout.InfiniteTimeSpan);
        return writer.FlushAsync(limit.Token);
    }
}
