using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace ContosoSuites.Local.Host.Http;

/// <summary>What the Functions host changes in a request on its way to the worker.</summary>
/// <param name="invocationId">By which the worker finds the invocation that the request belongs to.</param>
internal sealed class WorkerRequestTransformer(string invocationId) : HttpTransformer
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
