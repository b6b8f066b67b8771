using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ContosoSuites.Functions.Http;

/// <summary>Reads and writes lengths of time in ISO 8601, in days and below: a month or a year has no fixed length.</summary>
internal static partial class IsoDuration
{
    /// <summary>What to tell a caller who wrote something else.</summary>
    public const string Expected = "an ISO 8601 duration in days, hours and minutes, such as PT5M, PT1H or P1D";

    /// <summary>Reads a length of time.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null || !Pattern().IsMatch(text))
        {
            return false;
        }

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false; // More digits than a length of time has.
        }
    }

    /// <summary>Writes a length of time.</summary>
    public static string Format(TimeSpan duration) => XmlConvert.ToString(duration);

    [GeneratedRegex(@"\AP(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>Lengths of time in JSON, as <see cref="IsoDuration"/> has them.</summary>
internal sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && IsoDuration.TryParse(reader.GetString(), out TimeSpan duration)
            ? duration
            : throw new ExpectedValueException($"A length of time is {IsoDuration.Expected}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(IsoDuration.Format(value));
}
