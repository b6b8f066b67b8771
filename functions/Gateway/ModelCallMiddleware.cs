using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace ContosoSuites.Functions.Gateway;

/// <summary>Puts the running function's name on its model calls, and the regions that served them on its answer.</summary>
/// <param name="calls">Knows whom model calls are made for.</param>
internal sealed class ModelCallMiddleware(ModelCalls calls) : IFunctionsWorkerMiddleware
{
    /// <summary>The response header that names the regions that served the answer's model calls, in order.</summary>
    public const string ServedByHeader = "x-served-by";

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using ModelCallScope scope = calls.Begin(context.FunctionDefinition.Name);

        // When the headers are sent, so that a stream tells of the calls before its first piece, and a problem of those before it.
        HttpResponse? response = context.GetHttpContext()?.Response;
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
}
