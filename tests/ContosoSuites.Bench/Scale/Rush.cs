using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Scale;

/// <summary>What became of many more chats than an instance takes.</summary>
/// <param name="Statuses">How many answers had each status; 0 for no answer.</param>
/// <param name="WithoutRetryAfter">How many refusals do not say when to come again.</param>
/// <param name="Refusals">The milliseconds that each refusal took.</param>
/// <param name="Health">What health answered meanwhile: the status, and the milliseconds that it took.</param>
/// <param name="Connections">How many chats were open at a time.</param>
internal sealed record RushResult(
    IReadOnlyDictionary<int, int> Statuses, int WithoutRetryAfter, IReadOnlyCollection<double> Refusals, IReadOnlyCollection<(int Status, double Milliseconds)> Health, int Connections)
{
    /// <summary>How many answers had a status.</summary>
    public int Count(int status) => Statuses.GetValueOrDefault(status);
}

/// <summary>Many chats that come as fast as they are taken, on as many connections as a process may have files here.</summary>
internal static class Rush
{
    // A chat is two connections of the host, one to its caller and one to the worker; some hundred files are open besides.
    private const int FilesAChat = 2;
    private const int OtherFiles = 1000;

    private static readonly TimeSpan BetweenHealthCalls = TimeSpan.FromMilliseconds(200);

    public static async Task<RushResult> RunAsync(RawLoad chat, int chats, Uri health)
    {
        int most = Math.Min(chats, (MostFiles() - OtherFiles) / FilesAChat);
        List<RawCaller> callers = await OpenChats.ConnectAsync(chat, most);
        var statuses = new ConcurrentBag<int>();
        var refusals = new ConcurrentBag<double>();
        int sent = 0;
        int withoutRetryAfter = 0;
        using var end = new CancellationTokenSource();
        Task<List<(int, double)>> healthCalls = AskForHealthAsync(health, end.Token);
        await Task.WhenAll(callers.Select(caller => Task.Run(() => AskAsync(caller))));
        await end.CancelAsync();
        callers.ForEach(caller => caller.Dispose());
        return new RushResult(statuses.CountBy(status => status).ToDictionary(), withoutRetryAfter, refusals, await healthCalls, most);

        async Task AskAsync(RawCaller caller)
        {
            while (Interlocked.Increment(ref sent) <= chats)
            {
                long start = Stopwatch.GetTimestamp();
                try
                {
                    ReadOnlyMemory<byte> answer = await caller.CallAsync();
                    int status = HttpAnswer.StatusOf(answer.Span);
                    statuses.Add(status);
                    if (status is 429 or 503)
                    {
                        refusals.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                        Interlocked.Add(ref withoutRetryAfter, HttpAnswer.HasHeader(answer.Span, "Retry-After"u8) ? 0 : 1);
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
                {
                    statuses.Add(0);
                    return;
                }
            }
        }
    }

    private static async Task<List<(int Status, double Milliseconds)>> AskForHealthAsync(Uri health, CancellationToken end)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var answers = new List<(int, double)>();
        while (!end.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.GetAsync(health, CancellationToken.None);
            answers.Add(((int)response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            await Task.Delay(BetweenHealthCalls, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return answers;
    }

    private static int MostFiles()
    {
        string? limit = File.Exists("/proc/self/limits")
            ? File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            : null;

        // "Max open files  SOFT  HARD  files": .NET raises the soft one to the hard one.
        return limit is null ? int.MaxValue : int.Parse(limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture);
    }
}
