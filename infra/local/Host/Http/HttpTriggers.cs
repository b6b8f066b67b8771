using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContosoSuites.Local.Host.Rpc;
using ContosoSuites.Local.Host.Workers;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Host.Http;

/// <summary>
/// Answers requests with functions: the worker is told of the invocation over gRPC and gets the request itself over HTTP, by the
/// same forwarder as in the Functions host.
/// </summary>
internal sealed partial class HttpTriggers(WorkerSupervisor workers, FunctionKeys keys, IHttpForwarder forwarder, ILogger logger) : IDisposable
{
    // Longer without a sign of life the Functions host does not wait.
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
    });

    public void Map(IEndpointRouteBuilder endpoints, string routePrefix, WorkerFunction function) => endpoints
        .Map($"{routePrefix}/{function.Trigger.Route ?? function.Name}", context => HandleAsync(context, function))
        .WithMetadata(new HttpMethodMetadata(function.Trigger.Methods ?? []));

    public void Dispose() => _client.Dispose();

    private async Task HandleAsync(HttpContext context, WorkerFunction function)
    {
        if (!keys.Admit(context.Request, function.Trigger.AuthLevel))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (!await ForwardAsync(context, function))
        {
            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
            }
            else
            {
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
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
            WorkerChannel worker = await workers.GetAsync(context.RequestAborted);
            var invocation = new InvocationRequest
            {
                InvocationId = Guid.NewGuid().ToString(),
                FunctionId = function.Id,
                TraceContext = new() { TraceParent = activity.Id, TraceState = activity.TraceStateString ?? "" },
                TriggerMetadata = { context.Request.RouteValues.ToDictionary(value => value.Key, value => new TypedData { String = value.Value as string ?? "" }) },
            };
            Task<StatusResult> result = worker.InvokeAsync(invocation, cancel.Token);
            ForwarderError error = await forwarder.SendAsync(context, worker.HttpUri.AbsoluteUri, _client, Forwarding, new ToWorker(invocation.InvocationId));
            if (error is not ForwarderError.None)
            {
                await cancel.CancelAsync();
            }

            bool succeeded = (await result).Status is StatusResult.Types.Status.Success;
            bool hasLeft = context.RequestAborted.IsCancellationRequested || error is ForwarderError.RequestBodyClient;
            if (!hasLeft && error is not ForwarderError.None)
            {
                LogNoAnswer(function.Name, error, context.GetForwarderErrorFeature()?.Exception?.GetBaseException().GetType().Name);
            }

            return hasLeft || (error is ForwarderError.None && succeeded);
        }
        catch (Exception e) when (e is WorkerGoneException or FunctionsHostException or OperationCanceledException)
        {
            return context.RequestAborted.IsCancellationRequested;
        }
    }

    [LoggerMessage(3, LogLevel.Error, "The worker has not answered a request to function {Function} ({Error}). {Reason}")]
    private partial void LogNoAnswer(string function, ForwarderError error, string? reason);

    /// <summary>What the Functions host changes in a request on its way to the worker.</summary>
    internal sealed class ToWorker(string invocationId) : HttpTransformer
    {
        /// <inheritdoc/>
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            Set("x-ms-invocation-id", invocationId);

            // The worker believes these, so a caller's own do not pass.
            Set("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"{httpContext.Connection.RemoteIpAddress}:{httpContext.Connection.RemotePort}"));
            Set("X-Forwarded-Proto", httpContext.Request.Scheme);
            Set("X-Forwarded-Host", httpContext.Request.Host.Value!);

            void Set(string name, string value)
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}

/// <summary>Asks callers for the function key as a deployed app does: in x-functions-key, or as <c>code</c> in the query.</summary>
/// <param name="key">The key; null to ask for none.</param>
internal sealed class FunctionKeys(string? key)
{
    /// <summary>Whether a request may pass where this level of authorization is asked for.</summary>
    public bool Admit(HttpRequest request, string? authLevel) =>
        key is null || string.Equals(authLevel, "anonymous", StringComparison.OrdinalIgnoreCase) || IsKey(request.Headers["x-functions-key"]) || IsKey(request.Query["code"]);

    private bool IsKey(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key!));
}
