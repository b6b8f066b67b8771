using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Functions.Http;

/// <summary>
/// Ends an invocation that was called off without a failure: a timer's when the app stops, and one whose caller has left
/// before his request came here. It stands around the worker's own middleware, which waits for that request.
/// </summary>
/// <param name="logger">Told of invocations that were called off.</param>
internal sealed partial class CalledOffMiddleware(ILogger<CalledOffMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            LogCalledOff(context.FunctionDefinition.Name);
        }
        catch (TimeoutException) when (IsWithoutRequest(context))
        {
            // The caller left so early that the worker was told before it had begun. It has waited in vain, for nobody.
            LogCalledOff(context.FunctionDefinition.Name);
        }
    }

    private static bool IsWithoutRequest(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "httpTrigger") && context.GetHttpContext() is null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Function {Function} was called off: its caller has left, or the app stops.")]
    private partial void LogCalledOff(string function);
}
