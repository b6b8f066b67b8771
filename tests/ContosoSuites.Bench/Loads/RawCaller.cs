using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ContosoSuites.Bench.Loads;

/// <summary>
/// One caller on one kept-alive connection that sends the same bytes again and again. It costs a small part of what an
/// HttpClient does, so that what is measured is who answers.
/// </summary>
internal sealed class RawCaller : IDisposable
{
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawCaller(byte[] request) => _request = request;

    public static async Task<RawCaller> ConnectAsync(IPEndPoint address, byte[] request)
    {
        var caller = new RawCaller(request);
        await caller._socket.ConnectAsync(address);
        return caller;
    }

    /// <summary>Calls until <paramref name="end"/>, a timestamp; the milliseconds that each call took.</summary>
    public async Task<List<double>> CallUntilAsync(long end)
    {
        var latencies = new List<double>(16_384);
        for (long start = Stopwatch.GetTimestamp(); start < end; start = Stopwatch.GetTimestamp())
        {
            await CallAsync();
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask CallAsync()
    {
        await _socket.SendAsync(_request);
        int received = 0;
        while (true)
        {
            int read = await _socket.ReceiveAsync(_buffer.AsMemory(received));
            if (read == 0)
            {
                throw new IOException("The connection was closed in the middle of an answer.");
            }

            received += read;
            if (HttpAnswer.FindEnd(_buffer.AsSpan(0, received)) is { } end)
            {
                if (end != received)
                {
                    throw new InvalidDataException("More was sent than one answer.");
                }

                return;
            }

            if (received == _buffer.Length)
            {
                throw new InvalidDataException("The answer is larger than the buffer.");
            }
        }
    }
}
