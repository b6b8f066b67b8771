using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace ContosoSuites.Bench.Loads;

/// <summary>Sends the same request over and over to one address.</summary>
/// <param name="Address">Whom, and the path.</param>
/// <param name="Headers">The headers beside Host, Content-Type and Content-Length.</param>
/// <param name="Body">JSON to POST; null for a GET.</param>
internal sealed record RawLoad(Uri Address, IReadOnlyDictionary<string, string> Headers, byte[]? Body)
{
    /// <summary>Whom to connect to.</summary>
    public IPEndPoint Server => new(IPAddress.Loopback, Address.Port);

    /// <summary>Calls for <paramref name="duration"/>; the milliseconds that each call took.</summary>
    public async Task<IEnumerable<double>> RunAsync(int concurrency, TimeSpan duration)
    {
        byte[] request = Request();
        RawCaller[] callers = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => RawCaller.ConnectAsync(Server, request)));
        try
        {
            long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            List<double>[] latencies = await Task.WhenAll(callers.Select(caller => Task.Run(() => caller.CallUntilAsync(end))));
            return latencies.SelectMany(l => l);
        }
        finally
        {
            foreach (RawCaller caller in callers)
            {
                caller.Dispose();
            }
        }
    }

    /// <summary>The bytes to send.</summary>
    public byte[] Request()
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{(Body is null ? "GET" : "POST")} {Address.PathAndQuery} HTTP/1.1\r\nHost: {Address.Authority}\r\n");
        if (Body is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n");
        }

        foreach ((string name, string value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }
}
