using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ContosoSuites.Tests.Local.Gateway.Support;

/// <summary>Addresses at which there is no instance.</summary>
internal static class Nowhere
{
    /// <summary>A name that stands for no machine (RFC 2606).</summary>
    public static Uri Name { get; } = new("http://backend.invalid/openai");

    /// <summary>A port that nobody listens on.</summary>
    public static Uri Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/openai"));
    }
}
