using System.Globalization;
using ContosoSuites.Tests.Local.Gateway.Support;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>
/// Numbered requests from many callers at once: what each got, and what was before what. Others can wait for a number of
/// requests to go by, so that faults need no time to come and go.
/// </summary>
internal sealed class Traffic(TestGateway gateway, int requests)
{
    private readonly Lock _gate = new();
    private readonly SortedSet<int> _underWay = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Reached)> _waiting = [];
    private readonly Exchange[] _exchanges = new Exchange[requests];
    private TaskCompletionSource _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;
    private int _order;

    /// <summary>The requests that have begun.</summary>
    public int Begun => Volatile.Read(ref _next);

    /// <summary>All requests, by number.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>Sends all requests.</summary>
    public Task RunAsync(int atOnce, CancellationToken cancellationToken)
    {
        Resume();
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => CallAsync(cancellationToken), cancellationToken)));
    }

    /// <summary>Lets no more requests begin until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        lock (_gate)
        {
            _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets requests begin.</summary>
    public void Resume() => _flows.TrySetResult();

    /// <summary>Waits until no more than so many requests are under way.</summary>
    public Task AtMostAsync(int count) => UntilAsync(() => _underWay.Count <= count);

    /// <summary>Waits until so many more requests have begun, or there are none left.</summary>
    public Task MoreAsync(int count)
    {
        var until = Math.Min(Begun + count, requests);
        return UntilAsync(() => _next >= until);
    }

    /// <summary>Waits until every request that has begun by now has ended.</summary>
    public Task DrainedAsync()
    {
        var until = Begun;
        return UntilAsync(() => _underWay.Count == 0 || _underWay.Min >= until);
    }

    private async Task CallAsync(CancellationToken cancellationToken)
    {
        while (await BeginAsync() is { } exchange)
        {
            using var request = exchange.Operation.CreateRequest();
            request.RequestUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"{request.RequestUri}&n={exchange.Number}"), UriKind.Relative);
            try
            {
                using var response = await gateway.Client.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                exchange.Outcome = response.IsSuccessStatusCode && exchange.Operation.IsWholeAnswer(body) ? null : $"{(int)response.StatusCode} {body}";
            }
            catch (HttpRequestException exception)
            {
                exchange.Outcome = exception.ToString();
            }

            End(exchange);
        }
    }

    private async Task<Exchange?> BeginAsync()
    {
        while (true)
        {
            var flows = Volatile.Read(ref _flows);
            await flows.Task;
            lock (_gate)
            {
                if (flows == _flows)
                {
                    return Begin();
                }
            }
        }
    }

    private Exchange? Begin()
    {
        if (_next == requests)
        {
            return null;
        }

        var number = _next++;
        _underWay.Add(number);
        Look();
        return _exchanges[number] = new Exchange(number, Operation.All[number % Operation.All.Count])
        {
            BegunAs = _order++,
            BegunAt = gateway.Time.GetUtcNow(),
        };
    }

    private void End(Exchange exchange)
    {
        lock (_gate)
        {
            exchange.EndedAt = gateway.Time.GetUtcNow();
            exchange.EndedAs = _order++;
            _underWay.Remove(exchange.Number);
            Look();
        }
    }

    private Task UntilAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            if (condition())
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, reached));
            return reached.Task;
        }
    }

    private void Look()
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Condition())
            {
                _waiting[i].Reached.SetResult();
                _waiting.RemoveAt(i);
            }
        }
    }
}
