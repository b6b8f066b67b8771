using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContosoSuites.Bench.Loads;

/// <summary>
/// One caller on one kept-alive connection that sends the same bytes again and again. It costs a small part of what an
/// HttpClient does, so that what is measured is who answers.
/// </summary>
internal sealed class RawCaller : IDisposable
{
    private readonly byte[] _request;
    private readonly byte[] _buffer;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawCaller(byte[] request, int longestAnswer)
    {
        _request = request;
        _buffer = new byte[longestAnswer];
    }

    /// <summary>Connects.</summary>
    /// <param name="address">To whom.</param>
    /// <param name="request">What it sends.</param>
    /// <param name="longestAnswer">The most bytes that an answer has.</param>
    public static async Task<RawCaller> ConnectAsync(IPEndPoint address, byte[] request, int longestAnswer = 65_536)
    {
        var caller = new RawCaller(request, longestAnswer);
        await caller._socket.ConnectAsync(address);
        return caller;
    }

    /// <summary>Calls until <paramref name="end"/>, a timestamp; the milliseconds that each call took.</summary>
    /// <exception cref="InvalidDataException">An answer is not a 200.</exception>
    public async Task<List<double>> CallUntilAsync(long end)
    {
        var latencies = new List<double>(16_384);
        for (long start = Stopwatch.GetTimestamp(); start < end; start = Stopwatch.GetTimestamp())
        {
            ReadOnlyMemory<byte> answer = await CallAsync();
            if (HttpAnswer.StatusOf(answer.Span) != 200)
            {
                throw new InvalidDataException($"The answer is: {Encoding.UTF8.GetString(answer.Span)}");
            }

            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }

    /// <summary>Sends the request; the whole answer, which is there until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> CallAsync()
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

                return _buffer.AsMemory(0, received);
            }

            if (received == _buffer.Length)
            {
                throw new InvalidDataException("The answer is larger than the buffer.");
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
