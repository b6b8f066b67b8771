using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;

namespace ContosoSuites.Functions.Distribution.Chart;

/// <summary>
/// Which range the page shows: the time up to now that the parameter last names, or what from, to and bin say, as for the JSON.
/// </summary>
/// <param name="Range">The range.</param>
/// <param name="Last">The choice of <see cref="Choices"/>; null for another range.</param>
/// <param name="MovesOn">Whether it ends now, so that the page shows something else later.</param>
internal sealed record ChartRange(DistributionRange Range, ChartRange.Choice? Last, bool MovesOn)
{
    private const string Parameter = "last";

    private static readonly string[] Explicit = ["from", "to", "bin"];

    private static readonly Choice Day = new("24 hours", "P1D", TimeSpan.FromDays(1), TimeSpan.FromMinutes(5));

    private static readonly Choice[] Choices =
    [
        new("1 hour", "PT1H", TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
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
                ? new ChartRange(query.ReadRange(now), null, query.ReadText("to") is null)
                : throw InvalidRequestException.BadRequest(
                    "The range is given twice.", $"Send either {Parameter}, or {string.Join(", ", Explicit)}.");
        }

        Choice choice = last is null
            ? Day
            : Array.Find(Choices, choice => choice.Name == last) ?? throw InvalidRequestException.BadRequest(
                $"The query parameter {Parameter} is not valid.", $"It has to be one of {string.Join(", ", Names)}. For another range send from and to.");
        return new ChartRange(new DistributionRange(now - choice.Length, now, choice.Bin), choice, MovesOn: true);
    }

    /// <summary>Links to the choices. What else is in the query stays, as it may be the function key.</summary>
    public IReadOnlyList<RangeLink> Links(IQueryCollection query)
    {
        List<KeyValuePair<string, string?>> others =
        [
            .. query
                .Where(parameter => !parameter.Key.Equals(Parameter, StringComparison.OrdinalIgnoreCase) && !Explicit.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase))
                .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value)),
        ];
        return [.. Choices.Select(choice => new RangeLink(
            choice.Text, QueryString.Create([.. others, KeyValuePair.Create(Parameter, (string?)choice.Name)]).Value!, choice == Last))];
    }

    /// <summary>A range to choose.</summary>
    /// <param name="Text">Its name for people.</param>
    /// <param name="Name">Its name in the query.</param>
    /// <param name="Length">How far back it reaches.</param>
    /// <param name="Bin">The bins to ask for.</param>
    internal sealed record Choice(string Text, string Name, TimeSpan Length, TimeSpan Bin);
}
