using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>Decides about backends' certificates: as the machine does, with some more authorities. A wrong name stays wrong whoever signed it.</summary>
internal sealed class BackendTrust(IEnumerable<X509Certificate2> authorities)
{
    private readonly X509Certificate2Collection _authorities = [.. authorities.Distinct()];

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors => IsIssuedByOne((X509Certificate2)certificate!),
        _ => false,
    };

    private bool IsIssuedByOne(X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        return chain.Build(certificate);
    }
}
