using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ContosoSuites.Local.Models;

/// <summary>
/// The certificates of simulated instances that speak https, made in memory: one in the right name, and one that differs
/// in the name alone. A caller trusts the authority, which no machine does by itself.
/// </summary>
public sealed class ModelCertificates : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private ModelCertificates(X509Certificate2 authority)
    {
        Authority = X509CertificateLoader.LoadCertificate(authority.RawData);
        Matching = Issue(authority, "127.0.0.1", names => names.AddIpAddress(IPAddress.Loopback));
        ForAnotherName = Issue(authority, "elsewhere.invalid", names => names.AddDnsName("elsewhere.invalid"));
    }

    /// <summary>The authority that has issued both, without its key.</summary>
    public X509Certificate2 Authority { get; }

    internal X509Certificate2 Matching { get; }

    internal X509Certificate2 ForAnotherName { get; }

    /// <summary>Makes an authority and its certificates, valid for a month.</summary>
    public static ModelCertificates Create()
    {
        using X509Certificate2 authority = CreateAuthority();
        return new ModelCertificates(authority);
    }

    /// <summary>Forgets the keys.</summary>
    public void Dispose()
    {
        Authority.Dispose();
        Matching.Dispose();
        ForAnotherName.Dispose();
    }

    private static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Simulated model instances", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow - TimeSpan.FromDays(1), DateTimeOffset.UtcNow + Validity);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string subject, Action<SubjectAlternativeNameBuilder> addName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        addName(names);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }
}
