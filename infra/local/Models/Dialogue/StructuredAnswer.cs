using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Puts a reply into the JSON that the application asked for.</summary>
/// <remarks>
/// Every text of the schema becomes the reply and every other value the plainest one allowed: the shape is right, which
/// is what a program that reads it depends on. References within the schema are not followed.
/// </remarks>
internal static class StructuredAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string text, JsonElement schema)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, Options);
        if (schema.EnumerateObject().Any())
        {
            WriteValue(json, schema, text);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("answer", text);
            json.WriteEndObject();
        }

        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, JsonElement schema, string text)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            json.WriteStringValue(text);
        }
        else if (schema.Optional("const") is { } constant)
        {
            constant.WriteTo(json);
        }
        else if (FirstOf(schema, "enum") is { } choice)
        {
            choice.WriteTo(json);
        }
        else if ((FirstOf(schema, "anyOf") ?? FirstOf(schema, "oneOf")) is { } alternative)
        {
            WriteValue(json, alternative, text);
        }
        else
        {
            WriteTyped(json, schema, TypeOf(schema), text);
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, JsonElement schema, string? type, string text)
    {
        switch (type)
        {
            case "object":
                WriteObject(json, schema, text);
                break;
            case "array":
                json.WriteStartArray();
                json.WriteEndArray();
                break;
            case "integer" or "number":
                if (schema.Optional("minimum") is { ValueKind: JsonValueKind.Number } minimum)
                {
                    minimum.WriteTo(json);
                }
                else
                {
                    json.WriteNumberValue(0);
                }

                break;
            case "boolean":
                json.WriteBooleanValue(false);
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement schema, string text)
    {
        json.WriteStartObject();
        if (schema.Optional("properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                json.WritePropertyName(property.Name);
                WriteValue(json, property.Value, text);
            }
        }

        json.WriteEndObject();
    }

    private static JsonElement? FirstOf(JsonElement schema, string list) =>
        schema.Optional(list) is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0 ? values[0] : null;

    private static string? TypeOf(JsonElement schema) => (FirstOf(schema, "type") ?? schema.Optional("type")) switch
    {
        { ValueKind: JsonValueKind.String } type => type.GetString(),
        _ => schema.Optional("properties") is null ? null : "object",
    };
}
