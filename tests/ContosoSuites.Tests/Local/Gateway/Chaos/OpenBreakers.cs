using System.Globalization;
using ContosoSuites.Local.Gateway.Records;
using Microsoft.AspNetCore.WebUtilities;

namespace ContosoSuites.Tests.Local.Gateway.Chaos;

/// <summary>
/// Finds requests that were sent to a backend whose breaker was open, from what the callers saw and what the gateway
/// recorded.
/// </summary>
/// <remarks>
/// A response that trips a breaker has opened it by the time its request ended, until no earlier than the request's beginning
/// plus the time it opens for. Whatever began after that end and ended before that time must not have been sent to that
/// backend. Requests that were under way when it opened say nothing.
/// </remarks>
internal sealed class OpenBreakers
{
    private readonly List<(Exchange Exchange, AttemptRecord Attempt)> _attempts;
    private readonly Dictionary<string, List<(int From, DateTimeOffset Until)>> _open;

    public OpenBreakers(IReadOnlyList<Exchange> exchanges, IEnumerable<RequestRecord> records, Func<int, TimeSpan?> opensFor)
    {
        _attempts = [.. records.SelectMany(record => record.Attempts).Select(attempt => (exchanges[NumberOf(attempt.Url)], attempt))];
        _open = _attempts
            .Where(item => item.Attempt.StatusCode is { } code && opensFor(code) is not null)
            .GroupBy(item => item.Attempt.Backend)
            .ToDictionary(
                group => group.Key,
                group => UntilTheLatest(group.Select(item => (item.Exchange.EndedAs, item.Exchange.BegunAt + opensFor(item.Attempt.StatusCode!.Value)!.Value))));
    }

    /// <summary>How often a breaker has opened, or has been made to stay open for longer.</summary>
    public int Openings => _open.Values.Sum(openings => openings.Count);

    /// <summary>The requests during all of which a backend's breaker was open: those that the rule says something about.</summary>
    public int Kept(IReadOnlyList<Exchange> exchanges) => _open.Keys.Sum(backend => exchanges.Count(exchange => WasOpen(backend, exchange)));

    /// <summary>The requests that were sent to a backend all the same.</summary>
    public IReadOnlyList<string> Sent() =>
        [.. _attempts.Where(item => WasOpen(item.Attempt.Backend, item.Exchange)).Select(item => $"request {item.Exchange.Number} to {item.Attempt.Backend}")];

    private static int NumberOf(Uri url) => int.Parse(QueryHelpers.ParseQuery(url.Query)["n"]!, CultureInfo.InvariantCulture);

    // In order of their ends, each with the latest time that it or one before it has opened the breaker until.
    private static List<(int From, DateTimeOffset Until)> UntilTheLatest(IEnumerable<(int From, DateTimeOffset Until)> openings)
    {
        var all = openings.OrderBy(opening => opening.From).ToList();
        for (var i = 1; i < all.Count; i++)
        {
            all[i] = all[i] with { Until = all[i - 1].Until > all[i].Until ? all[i - 1].Until : all[i].Until };
        }

        return all;
    }

    private bool WasOpen(string backend, Exchange exchange)
    {
        if (!_open.TryGetValue(backend, out var openings))
        {
            return false;
        }

        // The last of those that had ended before the request began.
        var (low, high) = (0, openings.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = openings[middle].From < exchange.BegunAs ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && exchange.EndedAt < openings[low - 1].Until;
    }
}
