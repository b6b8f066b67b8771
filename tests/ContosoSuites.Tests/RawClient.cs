using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ContosoSuites.Tests;

/// <summary>A caller who writes a request byte by byte, and need not finish it, or read what comes back.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();

    private RawClient()
    {
    }

    public NetworkStream Stream => _client.GetStream();

    public static async Task<RawClient> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
        return raw;
    }

    /// <summary>The head of a POST, to be sent before its body.</summary>
    public static byte[] Head(string path, int contentLength, string headers = "") => Encoding.Latin1.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {contentLength}\r\n{headers}\r\n"));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await Stream.WriteAsync(bytes, cancellationToken);

    /// <summary>The status of the response.</summary>
    public async Task<int> ReadStatusAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Stream, Encoding.Latin1, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The server has not answered.");
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _client.Dispose();
}
