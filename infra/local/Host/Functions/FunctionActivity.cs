using System.Diagnostics;

namespace ContosoSuites.Local.Host.Functions;

/// <summary>
/// The span of a function's run, under the name and from the source that the worker has for it. It stands for the Functions
/// host's span too, which is the server's.
/// </summary>
internal static class FunctionActivity
{
    private static readonly ActivitySource Source = new("Microsoft.Azure.Functions.Worker");

    /// <summary>Starts it when somebody listens, as a child of the caller's span.</summary>
    public static Activity? Start(string function)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // The web server's own activity is passed over: it is none of the app's, and what nobody exports can be nobody's parent.
        Activity? request = Activity.Current;
        Activity.Current = null;
        Activity? activity = Source.StartActivity(
            $"function {function}",
            ActivityKind.Server,
            request is null ? default : CallerOf(request),
            [new("faas.name", function), new("faas.invocation_id", Guid.NewGuid().ToString())]);
        if (activity is null)
        {
            Activity.Current = request;
        }

        return activity;
    }

    private static ActivityContext CallerOf(Activity request) => request.ParentSpanId == default
        ? default
        : new ActivityContext(request.TraceId, request.ParentSpanId, request.ActivityTraceFlags, request.TraceStateString, isRemote: true);
}
