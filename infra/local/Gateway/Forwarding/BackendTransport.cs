using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>The connections to the backends: plain transport that adds, follows, unpacks and remembers nothing.</summary>
internal static class BackendTransport
{
    /// <param name="authorities">The authorities that are trusted beside the machine's.</param>
    public static HttpMessageInvoker Create(IEnumerable<X509Certificate2> authorities) => new(new SocketsHttpHandler
    {
        // A traceparent that the caller has sent passes as it is.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // So that a backend that moves is found again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // Latin-1 keeps every byte as it is, both ways.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        SslOptions = { RemoteCertificateValidationCallback = new BackendTrust(authorities).Accepts },
        UseCookies = false,
        UseProxy = false,
    });
}
