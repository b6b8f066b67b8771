using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Arguments;
using ContosoSuites.Local.Models.Dialogue.Entities;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>One thing that a report says.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Parameter">The parameter that takes it.</param>
/// <param name="Source">The function that lists what an entity can be; null for other kinds.</param>
/// <param name="Choices">The words that a choice can be; empty for other kinds.</param>
internal sealed partial record ReportField(
    ReportFieldKind Kind, ToolParameter Parameter, ToolDefinition? Source, IReadOnlyList<string> Choices)
{
    private static readonly IReadOnlySet<string> Rooms = Words.Of("room");
    private static readonly IReadOnlySet<string> Places = Words.Of("location place area spot");

    /// <summary>What people call it: "Room number" for <c>room_number</c>, "Hotel" for <c>hotel_id</c>.</summary>
    public string Label
    {
        get
        {
            string words = Kind is ReportFieldKind.Entity ? EntitySource.ThingOf(Parameter) : Parameter.Name.Replace('_', ' ');
            return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
        }
    }

    public static ReportField Of(ToolParameter parameter, IReadOnlyList<ToolDefinition> tools)
    {
        ToolDefinition? source = EntitySource.For(parameter, tools);
        IReadOnlyList<string> choices = parameter.Choices.Count > 0 ? parameter.Choices : ChoicesIn(parameter.Description);
        IReadOnlySet<string> name = parameter.NameWords;
        ReportFieldKind kind =
            source is not null ? ReportFieldKind.Entity
            : name.Overlaps(Rooms) ? ReportFieldKind.Room
            : name.Overlaps(Places) ? ReportFieldKind.Place
            : choices.Count > 0 ? ReportFieldKind.Choice
            : FreeTextArgument.Takes(parameter) ? ReportFieldKind.Text
            : ReportFieldKind.Other;
        return new ReportField(kind, parameter, source, kind is ReportFieldKind.Choice ? choices : []);
    }

    /// <summary>A description such as "Who reported it: customer, inspector or staff." names the choices that the schema does not.</summary>
    private static string[] ChoicesIn(string description) =>
        Listed().Match(description) is { Success: true } list ? [.. list.Groups["choice"].Captures.Select(choice => choice.Value)] : [];

    [GeneratedRegex(@":\s*(?<choice>\w+)(?:,\s*(?<choice>\w+))*,?\s+or\s+(?<choice>\w+)")]
    private static partial Regex Listed();
}
