using System.Globalization;
using System.Text.Json;
using Microsoft.OpenApi;
using Xunit;

namespace ContosoSuites.Tests.Functions.OpenApi;

/// <summary>Holds a JSON value to a schema: the keywords that this API's description uses.</summary>
internal static class SchemaAssert
{
    /// <summary>Fails unless the value is what the schema says. An object may have only the properties described.</summary>
    public static void Matches(IOpenApiSchema schema, JsonElement value, string where)
    {
        if (schema.AnyOf is { Count: > 0 } choices)
        {
            Assert.True(choices.Any(choice => TypeMatches(choice, value)), $"{where}: none of the choices fits {value.GetRawText()}");
            Matches(choices.First(choice => TypeMatches(choice, value)), value, where);
            return;
        }

        Assert.True(TypeMatches(schema, value), $"{where}: expected {schema.Type}, got {value.GetRawText()}");
        if (schema.Enum is { Count: > 0 } values)
        {
            Assert.Contains(value.GetString(), values.Select(v => v.GetValue<string>()));
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Assert.True(value.GetString()!.Length <= (schema.MaxLength ?? int.MaxValue), $"{where} is too long");
                MatchesFormat(schema.Format, value.GetString()!, where);
                break;
            case JsonValueKind.Number:
                Assert.InRange(
                    value.GetDouble(),
                    schema.Minimum is { } minimum ? double.Parse(minimum, CultureInfo.InvariantCulture) : double.MinValue,
                    schema.Maximum is { } maximum ? double.Parse(maximum, CultureInfo.InvariantCulture) : double.MaxValue);
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Matches(schema.Items!, item, $"{where}[{index++}]");
                }

                break;
            case JsonValueKind.Object:
                MatchesObject(schema, value, where);
                break;
            default:
                break;
        }
    }

    private static void MatchesObject(IOpenApiSchema schema, JsonElement value, string where)
    {
        foreach (string name in schema.Required ?? new HashSet<string>())
        {
            Assert.True(value.TryGetProperty(name, out _), $"{where} lacks {name}: {value.GetRawText()}");
        }

        // An object without any description may hold anything.
        if (schema.Properties is not { Count: > 0 } && schema.AdditionalProperties is null)
        {
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            IOpenApiSchema? described = schema.AdditionalProperties;
            if (schema.Properties?.TryGetValue(property.Name, out IOpenApiSchema? known) == true)
            {
                described = known;
            }

            Assert.True(described is not null, $"{where} has {property.Name}, which is not described");
            Matches(described!, property.Value, $"{where}.{property.Name}");
        }
    }

    private static void MatchesFormat(string? format, string text, string where)
    {
        bool fits = format switch
        {
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        Assert.True(fits, $"{where}: '{text}' is no {format}");
    }

    private static bool TypeMatches(IOpenApiSchema schema, JsonElement value) => schema.Type is not { } type || value.ValueKind switch
    {
        JsonValueKind.String => type.HasFlag(JsonSchemaType.String),
        JsonValueKind.Number => type.HasFlag(JsonSchemaType.Number) || (type.HasFlag(JsonSchemaType.Integer) && value.TryGetInt64(out _)),
        JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
        JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array),
        JsonValueKind.Object => type.HasFlag(JsonSchemaType.Object),
        JsonValueKind.Null => type.HasFlag(JsonSchemaType.Null),
        _ => false,
    };
}
