using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Scale;

/// <summary>What chats came to that were open at the same time.</summary>
/// <param name="Latencies">The milliseconds that each answer took.</param>
/// <param name="Seconds">How long they were open.</param>
/// <param name="Refused">How many were refused, and told when to come again.</param>
/// <param name="Failures">What became of the others that were not answered.</param>
/// <param name="GatewayConnections">The most connections to the gateway at a time.</param>
internal sealed record OpenChatsResult(IReadOnlyCollection<double> Latencies, double Seconds, int Refused, IReadOnlyCollection<string> Failures, int GatewayConnections);

/// <summary>Chats that are open at the same time, each on a connection of its own: who is answered asks again at once.</summary>
internal static class OpenChats
{
    private const int ConnectedAtOnce = 256;
    private const int LongestAnswer = 8192;

    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(0.5);

    /// <summary>Keeps chats open.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="open">How many.</param>
    /// <param name="rounds">How often each of them is answered.</param>
    /// <param name="ending">What a whole answer has in it.</param>
    /// <param name="gateway">Whom connections are counted to.</param>
    public static async Task<OpenChatsResult> RunAsync(RawLoad chat, int open, int rounds, byte[] ending, Uri gateway)
    {
        List<RawCaller> callers = await ConnectAsync(chat, open);
        var latencies = new ConcurrentBag<double>();
        var failures = new ConcurrentBag<string>();
        int refused = 0;
        using var end = new CancellationTokenSource();
        Task<int> connections = MostConnectionsAsync(gateway.Port, end.Token);

        long begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(callers.Select(caller => Task.Run(() => AskAsync(caller))));
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await end.CancelAsync();
        callers.ForEach(caller => caller.Dispose());
        return new OpenChatsResult(latencies, seconds, refused, failures, await connections);

        async Task AskAsync(RawCaller caller)
        {
            try
            {
                for (int round = 0; round < rounds; round++)
                {
                    long start = Stopwatch.GetTimestamp();
                    ReadOnlyMemory<byte> answer = await caller.CallAsync();
                    int status = HttpAnswer.StatusOf(answer.Span);
                    if (status == 200 && answer.Span.IndexOf(ending) >= 0)
                    {
                        latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                    else if (status is 429 or 503 && HttpAnswer.HasHeader(answer.Span, "Retry-After"u8))
                    {
                        Interlocked.Increment(ref refused);
                    }
                    else
                    {
                        failures.Add(Encoding.UTF8.GetString(answer.Span));
                    }
                }
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
            {
                failures.Add(e.Message);
            }
        }
    }

    /// <summary>Connects, not all at once: a server takes only so many that it has not yet accepted.</summary>
    public static async Task<List<RawCaller>> ConnectAsync(RawLoad chat, int count)
    {
        byte[] request = chat.Request();
        var callers = new List<RawCaller>(count);
        while (callers.Count < count)
        {
            callers.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(ConnectedAtOnce, count - callers.Count))
                .Select(_ => RawCaller.ConnectAsync(chat.Server, request, LongestAnswer))));
        }

        return callers;
    }

    private static async Task<int> MostConnectionsAsync(int port, CancellationToken end)
    {
        int most = 0;
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
                .Count(connection => connection.RemoteEndPoint.Port == port && connection.State is TcpState.Established));
            await Task.Delay(BetweenSamples, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most;
    }
}
