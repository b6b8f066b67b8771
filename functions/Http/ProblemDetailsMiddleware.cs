using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Writes a function's answer, and what goes wrong as problem details. What is no known problem is a defect and goes on to the
/// host, which answers 500. An invocation that was called off, since its caller has left or the app stops, has not failed.
/// </summary>
/// <param name="problems">Describes what goes wrong.</param>
/// <param name="logger">Told of invocations that were called off.</param>
internal sealed partial class ProblemDetailsMiddleware(FunctionProblems problems, ILogger<ProblemDetailsMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    private static readonly FunctionProblem CalledOff = new(
        StatusCodes.Status503ServiceUnavailable,
        "The request was called off.",
        "The app is stopping, or the work took longer than the host grants. Send the request again after the time in Retry-After.",
        RetryAfter: "5");

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http ? AnswerAsync(context, http, next) : next(context);

    private async Task AnswerAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);

            // Here and not by the worker: a stream calls the model while it is written, and may fail then.
            await WriteAsync(http, context.GetInvocationResult().Value as IResult);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested)
        {
            LogCalledOff(context.FunctionDefinition.Name);
            await FailAsync(http, CalledOff);
        }
        catch (Exception e) when (!http.Response.HasStarted && problems.TryDescribe(context.FunctionDefinition.Name, e, out FunctionProblem? problem))
        {
            await WriteAsync(http, problem);
        }
        catch
        {
            await FailAsync(http, null);
            throw;
        }

        // The worker would write the result again, and send it to the host as the function's return value besides.
        context.GetInvocationResult().Value = Results.Empty;
    }

    private static async Task WriteAsync(HttpContext http, IResult? result)
    {
        await http.Request.DrainAsync();
        if (result is not null)
        {
            await result.ExecuteAsync(http);
        }
    }

    private static async Task FailAsync(HttpContext http, FunctionProblem? problem)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look whole.
            http.Abort();
            return;
        }

        await WriteAsync(http, problem);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Function {Function} was called off: its caller has left, or the app stops.")]
    private partial void LogCalledOff(string function);
}
