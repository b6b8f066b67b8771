using System.Diagnostics;
using ContosoSuites.Local.Host.Functions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;

namespace ContosoSuites.Local.Host.Http;

/// <summary>
/// Answers a request with a function: a scope of the app's services, a call, the result written. An exception is logged
/// with the function's name and answered as the Functions host does, with an empty 500: details stay in the log.
/// </summary>
internal sealed partial class HttpFunctionHandler(HttpFunction function, IServiceScopeFactory scopes, ILogger logger)
{
    private static readonly ActionDescriptor NoAction = new();

    public async Task HandleAsync(HttpContext context)
    {
        using Activity? activity = FunctionActivity.Start(function.Name);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            object? result = await function.Invoke(scope.ServiceProvider, context);
            await WriteAsync(context, result);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: whatever came of that is nobody's error, and there is nobody to answer.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // The client's mistake, found while the function read the request: a body too large, cut short or malformed.
            Answer(context, e.StatusCode);
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            LogFailed(function.Name, e);
            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
            }
            else
            {
                Answer(context, StatusCodes.Status500InternalServerError);
            }
        }
    }

    private static Task WriteAsync(HttpContext context, object? result) => result switch
    {
        IResult minimal => minimal.ExecuteAsync(context),
        IActionResult action => action.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), NoAction)),
        // Nothing returned: the function wrote the response itself, or left it at an empty 200.
        _ => Task.CompletedTask,
    };

    private static void Answer(HttpContext context, int status)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
    }

    [LoggerMessage(1, LogLevel.Error, "Function {FunctionName} failed.")]
    private partial void LogFailed(string functionName, Exception exception);
}
