using System.Globalization;
using System.Text.Json.Nodes;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Dialogue.Entities;
using ContosoSuites.Local.Models.Dialogue.Tools;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>Puts what is known of a report into the parameters of a function.</summary>
internal static class ReportArguments
{
    /// <summary>The arguments as JSON, or null when a required parameter stays empty.</summary>
    public static string? TryWrite(ToolDefinition tool, IReadOnlyList<ToolDefinition> tools, ReportFacts facts, Entity? entity)
    {
        var arguments = new JsonObject();
        foreach (ToolParameter parameter in tool.Parameters)
        {
            ReportField field = ReportField.Of(parameter, tools);
            JsonNode? value = field.Kind is ReportFieldKind.Entity ? entity?.Id.DeepClone() : ToJson(parameter, TextOf(field.Kind, facts));
            if (value is not null)
            {
                arguments[parameter.Name] = value;
            }
            else if (parameter.Required)
            {
                return null;
            }
        }

        return ArgumentFiller.Write(arguments);
    }

    /// <summary>What is known of one field, as text.</summary>
    public static string? TextOf(ReportFieldKind kind, ReportFacts facts) => kind switch
    {
        ReportFieldKind.Room => facts.Room,
        ReportFieldKind.Place => facts.Place,
        ReportFieldKind.Choice => facts.Choice,
        ReportFieldKind.Text => facts.Trouble,
        _ => null,
    };

    private static JsonNode? ToJson(ToolParameter parameter, string? text) => parameter.Type switch
    {
        "integer" or "number" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null,
        "string" => text,
        _ => null,
    };
}
