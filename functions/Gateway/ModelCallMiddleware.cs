using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace ContosoSuites.Functions.Gateway;

/// <summary>
/// Puts the running function's name on its model calls, and the regions that served them on its answer. Where somebody waits
/// for that, the calls end in time for an answer.
/// </summary>
/// <param name="calls">Knows whom model calls are made for.</param>
/// <param name="options">How long an answer may take.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ModelCallMiddleware(ModelCalls calls, ApiManagementOptions options, TimeProvider timeProvider) : IFunctionsWorkerMiddleware
{
    /// <summary>The response header that names the regions that served the answer's model calls, in order.</summary>
    public const string ServedByHeader = "x-served-by";

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        HttpResponse? response = context.GetHttpContext()?.Response;
        using var turn = new CancellationTokenSource(response is null ? Timeout.InfiniteTimeSpan : options.TurnTimeout, timeProvider);
        using ModelCallScope scope = calls.Begin(context.FunctionDefinition.Name, turn.Token);
        using Activity? trace = Activity.Current is null ? GoOnWithTheHostsTrace(context) : null;

        // When the headers are sent, so that a stream tells of the calls before its first piece, and a problem of those before it.
        response?.OnStarting(() =>
        {
            if (scope.ServedBy is { Count: > 0 } regions)
            {
                response.Headers[ServedByHeader] = string.Join(", ", regions);
            }

            return Task.CompletedTask;
        });
        await next(context);
    }

    /// <summary>
    /// The worker starts an activity only where somebody exports it. Model calls carry the host's trace all the same, so that a
    /// row of the gateway's log can be joined with the invocation.
    /// </summary>
    private static Activity GoOnWithTheHostsTrace(FunctionContext context)
    {
        var activity = new Activity(context.FunctionDefinition.Name);
        if (context.TraceContext.TraceParent is { Length: > 0 } parent)
        {
            activity.SetParentId(parent);
            activity.TraceStateString = context.TraceContext.TraceState;
        }

        return activity.Start();
    }
}
