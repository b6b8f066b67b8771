using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>Which range the page shows: the time up to now that the parameter last names, or what from, to and bin say, as for the JSON.</summary>
/// <param name="Range">The range.</param>
/// <param name="Last">The value of last; null for another range.</param>
/// <param name="MovesOn">Whether it ends now, so that the page shows something else later.</param>
/// <param name="IsChosen">Whether the query says anything of it.</param>
internal sealed record ChartRange(DistributionRange Range, string? Last, bool MovesOn, bool IsChosen)
{
    private static readonly string[] Explicit = ["from", "to", "bin"];

    // The values of last: their names for people, how far back they reach, and the bins to ask for.
    private static readonly (string Name, string Text, TimeSpan Length, TimeSpan Bin)[] Choices =
    [
        ("PT1H", "1 hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
        ("P1D", "24 hours", TimeSpan.FromDays(1), TimeSpan.FromMinutes(5)),
        ("P7D", "7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
    ];

    /// <summary>What last may be.</summary>
    public static IEnumerable<string> Names => Choices.Select(choice => choice.Name);

    /// <summary>Reads it from the query parameters.</summary>
    /// <exception cref="InvalidRequestException">They do not make a range.</exception>
    public static ChartRange Read(IQueryCollection query, DateTimeOffset now)
    {
        string? last = query.ReadText("last");
        return (last, Array.Exists(Explicit, name => query.ReadText(name) is not null)) switch
        {
            (null, true) => new ChartRange(query.ReadRange(now), null, query.ReadText("to") is null, IsChosen: true),
            (not null, true) => throw InvalidRequestException.BadRequest(
                "The range is given twice.", $"Send either last, or {string.Join(", ", Explicit)}."),
            (not null, false) when !Names.Contains(last) => throw InvalidRequestException.BadRequest(
                "The query parameter last is not valid.", $"It has to be one of {string.Join(", ", Names)}. For another range send from and to."),
            _ => Of(last ?? "P1D", now, isChosen: last is not null),
        };
    }

    /// <summary>The last hour, which shows a first session in minutes: where nobody has chosen a range, and the day has no other figures. Else null.</summary>
    public ChartRange? NarrowTo(DistributionReport report, DateTimeOffset now)
    {
        ChartRange hour = Of("PT1H", now, isChosen: false);
        bool isFirstSession = !report.Totals.IsEmpty
            && report.Backends.All(backend => backend.Series.All(bin => bin.Start >= hour.Range.From || bin.Figures.IsEmpty));
        return !IsChosen && isFirstSession ? hour : null;
    }

    /// <summary>Links to the choices, of which one may be the current one. What else is in the query stays, as it may be the function key.</summary>
    public static IReadOnlyList<RangeLink> Links(IQueryCollection query, string? current)
    {
        IEnumerable<KeyValuePair<string, StringValues>> others =
            query.Where(parameter => !Explicit.Append("last").Contains(parameter.Key, StringComparer.OrdinalIgnoreCase));
        return [.. Choices.Select(choice => new RangeLink(
            choice.Text, QueryString.Create(others.Append(new("last", choice.Name))).Value!, choice.Name == current))];
    }

    private static ChartRange Of(string last, DateTimeOffset now, bool isChosen)
    {
        (_, _, TimeSpan length, TimeSpan bin) = Array.Find(Choices, choice => choice.Name == last);
        return new(new DistributionRange(now - length, now, bin), last, MovesOn: true, isChosen);
    }
}

/// <summary>A time range to choose.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Address">The page's address with this range, relative to the page.</param>
/// <param name="IsCurrent">Whether the page shows it.</param>
public sealed record RangeLink(string Text, string Address, bool IsCurrent);
