using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>The connections to the backends: plain transport that adds, follows, unpacks and remembers nothing.</summary>
internal static class BackendTransport
{
    /// <param name="authorities">The authorities that are trusted beside the machine's.</param>
    public static HttpMessageInvoker Create(IEnumerable<X509Certificate2> authorities)
    {
        X509Certificate2Collection trusted = [.. authorities.Distinct()];
        return new(new SocketsHttpHandler
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
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted((X509Certificate2?)certificate, errors, trusted) },
            UseCookies = false,
            UseProxy = false,
        });
    }

    // As the machine does, with some more authorities. A wrong name stays wrong whoever signed it.
    private static bool IsTrusted(X509Certificate2? certificate, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate!);
    }
}
