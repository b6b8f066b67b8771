using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// Which range the page shows: the time up to now that the parameter last names, or what from, to and bin say, as for the JSON.
/// </summary>
/// <param name="Range">The range.</param>
/// <param name="Last">The choice of <see cref="Choices"/>; null for another range.</param>
/// <param name="MovesOn">Whether it ends now, so that the page shows something else later.</param>
/// <param name="IsChosen">Whether the query says anything of it.</param>
internal sealed record ChartRange(DistributionRange Range, ChartRange.Choice? Last, bool MovesOn, bool IsChosen)
{
    private const string Parameter = "last";

    private static readonly string[] Explicit = ["from", "to", "bin"];

    private static readonly Choice Hour = new("1 hour", "PT1H", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

    private static readonly Choice Day = new("24 hours", "P1D", TimeSpan.FromDays(1), TimeSpan.FromMinutes(5));

    private static readonly Choice[] Choices =
    [
        Hour,
        Day,
        new("7 days", "P7D", TimeSpan.FromDays(7), TimeSpan.FromHours(1)),
    ];

    /// <summary>What last may be.</summary>
    public static IEnumerable<string> Names => Choices.Select(choice => choice.Name);

    /// <summary>Reads it from the query parameters.</summary>
    /// <exception cref="InvalidRequestException">They do not make a range.</exception>
    public static ChartRange Read(IQueryCollection query, DateTimeOffset now)
    {
        bool isExplicit = Array.Exists(Explicit, name => query.ReadText(name) is not null);
        string? last = query.ReadText(Parameter);
        if (isExplicit)
        {
            return last is null
                ? new ChartRange(query.ReadRange(now), null, query.ReadText("to") is null, IsChosen: true)
                : throw InvalidRequestException.BadRequest(
                    "The range is given twice.", $"Send either {Parameter}, or {string.Join(", ", Explicit)}.");
        }

        Choice choice = last is null
            ? Day
            : Array.Find(Choices, choice => choice.Name == last) ?? throw InvalidRequestException.BadRequest(
                $"The query parameter {Parameter} is not valid.", $"It has to be one of {string.Join(", ", Names)}. For another range send from and to.");
        return Of(choice, now, isChosen: last is not null);
    }

    /// <summary>The range that shows a first session in minutes: where nobody has chosen one and the day has an hour of figures at most.</summary>
    /// <param name="report">The report on this range.</param>
    /// <param name="now">The present.</param>
    /// <returns>Null where this range is the one.</returns>
    public ChartRange? NarrowTo(DistributionReport report, DateTimeOffset now)
    {
        ChartRange hour = Of(Hour, now, isChosen: false);
        bool isFirstSession = !EmptyState.Applies(report) && report.Backends.All(backend =>
            backend.Series.All(point => point.Start >= hour.Range.From || BarFigures.Of(backend.Backend, point.Figures).IsEmpty));
        return !IsChosen && isFirstSession ? hour : null;
    }

    /// <summary>Links to the choices. What else is in the query stays, as it may be the function key.</summary>
    public IReadOnlyList<RangeLink> Links(IQueryCollection query) => LinksFrom(query, Last);

    /// <summary>Links to the choices, of which one may be the current one.</summary>
    public static IReadOnlyList<RangeLink> LinksFrom(IQueryCollection query, Choice? current)
    {
        List<KeyValuePair<string, string?>> others =
        [
            .. query
                .Where(parameter => !parameter.Key.Equals(Parameter, StringComparison.OrdinalIgnoreCase) && !Explicit.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase))
                .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value)),
        ];
        return [.. Choices.Select(choice => new RangeLink(
            choice.Text, QueryString.Create([.. others, KeyValuePair.Create(Parameter, (string?)choice.Name)]).Value!, choice == current))];
    }

    private static ChartRange Of(Choice choice, DateTimeOffset now, bool isChosen) =>
        new(new DistributionRange(now - choice.Length, now, choice.Bin), choice, MovesOn: true, isChosen);

    /// <summary>A range to choose.</summary>
    /// <param name="Text">Its name for people.</param>
    /// <param name="Name">Its name in the query.</param>
    /// <param name="Length">How far back it reaches.</param>
    /// <param name="Bin">The bins to ask for.</param>
    internal sealed record Choice(string Text, string Name, TimeSpan Length, TimeSpan Bin);
}
