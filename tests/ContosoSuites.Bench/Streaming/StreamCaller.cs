using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ContosoSuites.Bench.Loads;

namespace ContosoSuites.Bench.Streaming;

/// <summary>Asks for streams of a <see cref="PacedInstance"/>, directly or through something, and reads what its tokens tell.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="request">Makes one.</param>
/// <param name="textOf">The text in an event's data; empty where there is none.</param>
internal sealed class StreamCaller(HttpClient client, Func<HttpRequestMessage> request, Func<JsonElement, string> textOf)
{
    private readonly ConcurrentBag<double> _jitter = [];

    /// <summary>
    /// By how many milliseconds the gap between two tokens differed from the gap with which they were sent: the 99th percentile
    /// since the last time that this was asked.
    /// </summary>
    public double TakeJitterP99()
    {
        double p99 = Percentiles.Of(_jitter, 0.99);
        _jitter.Clear();
        return p99;
    }

    /// <summary>Reads streams for so long; the milliseconds to the first token of each.</summary>
    public async Task<IEnumerable<double>> RunAsync(int concurrency, TimeSpan duration)
    {
        var firsts = new ConcurrentBag<double>();
        await LoadGenerator.RunForAsync(async () => firsts.Add(await ReadAsync()), concurrency, duration);
        return firsts;
    }

    private async Task<double> ReadAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using HttpRequestMessage message = request();
        using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();

        double first = 0;
        double last = 0;
        int tokens = 0;
        await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            long received = Stopwatch.GetTimestamp();
            if (item.EventType == "error")
            {
                throw new InvalidDataException($"The stream broke off: {item.Data}");
            }

            if (item.Data == "[DONE]" || textOf(JsonElement.Parse(item.Data)) is not { Length: > 0 } text)
            {
                continue;
            }

            double delay = Stopwatch.GetElapsedTime(long.Parse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture), received).TotalMilliseconds;
            if (tokens++ == 0)
            {
                first = Stopwatch.GetElapsedTime(start, received).TotalMilliseconds;
            }
            else
            {
                _jitter.Add(Math.Abs(delay - last));
            }

            last = delay;
        }

        return tokens == PacedInstance.Tokens ? first : throw new InvalidDataException($"Of {PacedInstance.Tokens} tokens {tokens} came.");
    }
}
