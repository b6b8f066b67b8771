using System.Diagnostics;
using System.Net;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Host.Http;

/// <summary>
/// Answers requests with functions: the worker is told of the invocation over gRPC and gets the request itself over HTTP, by the
/// same forwarder as in the Functions host.
/// </summary>
/// <param name="supervisor">Has the worker.</param>
/// <param name="keys">Says whom to let in.</param>
/// <param name="forwarder">YARP's.</param>
/// <param name="routePrefix">Comes before every route.</param>
internal sealed class HttpTriggers(WorkerSupervisor supervisor, FunctionKeys keys, IHttpForwarder forwarder, string routePrefix) : IDisposable
{
    // Longer without a sign of life the real host does not wait.
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
    });

    /// <summary>Puts the functions on their routes.</summary>
    public void Map(IEndpointRouteBuilder endpoints, IEnumerable<WorkerFunction> functions)
    {
        foreach (WorkerFunction function in functions)
        {
            endpoints.Map($"{routePrefix}/{function.Route}", context => HandleAsync(context, function))
                .WithDisplayName(function.Name)
                .WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task HandleAsync(HttpContext context, WorkerFunction function)
    {
        if (!function.IsAnonymous && !keys.Admit(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!await ForwardAsync(context, function))
        {
            // Half an answer must not look like a whole one.
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    /// <summary>Has the worker answer.</summary>
    /// <returns>Whether it did, or nobody is there any more to be answered.</returns>
    private async Task<bool> ForwardAsync(HttpContext context, WorkerFunction function)
    {
        // The host's part of the trace: the function's own is its child, whether anybody exports it or not.
        using Activity activity = new Activity("host").SetParentId(context.Request.Headers.TraceParent.ToString()).Start();
        activity.TraceStateString = context.Request.Headers.TraceState;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            WorkerChannel worker = await supervisor.GetChannelAsync(context.RequestAborted);
            InvocationRequest invocation = CreateInvocation(context, function, activity);
            Task<StatusResult> result = worker.InvokeAsync(invocation, cancel.Token);
            ForwarderError error = await forwarder.SendAsync(
                context, worker.HttpUri.AbsoluteUri, _client, Forwarding, new WorkerRequestTransformer(invocation.InvocationId));
            if (error is not ForwarderError.None)
            {
                await cancel.CancelAsync();
            }

            StatusResult ended = await result;
            return context.RequestAborted.IsCancellationRequested
                || error is ForwarderError.RequestBodyClient
                || (error is ForwarderError.None && ended.Status is StatusResult.Types.Status.Success);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
        catch (WorkerGoneException)
        {
            return false;
        }
    }

    private static InvocationRequest CreateInvocation(HttpContext context, WorkerFunction function, Activity activity)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new() { TraceParent = activity.Id, TraceState = activity.TraceStateString ?? "" },
        };
        foreach ((string name, object? value) in context.Request.RouteValues)
        {
            if (value is string text)
            {
                invocation.TriggerMetadata[name] = new() { String = text };
            }
        }

        return invocation;
    }
}
