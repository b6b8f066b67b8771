using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Local.Gateway.Forwarding;

/// <summary>Headers that are about one connection and are not passed on (RFC 9110, 7.6.1).</summary>
internal static class HopByHopHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether <paramref name="name"/> is one, by itself or because the message's Connection header says so.</summary>
    public static bool Contains(string name, StringValues connection) =>
        Names.Contains(name) || (connection.Count > 0 && IsListed(name, connection));

    private static bool IsListed(string name, StringValues connection)
    {
        foreach (var value in connection)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan(range).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
