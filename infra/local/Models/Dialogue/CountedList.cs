using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A result that lists things and says how many they are.</summary>
/// <param name="Owner">Whose things they are; null where the result does not say.</param>
/// <param name="Count">How many.</param>
/// <param name="Things">What they are called.</param>
internal sealed record CountedList(string? Owner, int Count, string Things)
{
    /// <summary>Reads an object with a list in it; null for any other result. The length of the list counts where no number is given.</summary>
    public static CountedList? TryRead(string result)
    {
        try
        {
            if (JsonNode.Parse(result) is not JsonObject fields || fields.FirstOrDefault(field => field.Value is JsonArray) is not { Value: JsonArray items } list)
            {
                return null;
            }

            int? count = fields.Select(field => field.Value).OfType<JsonValue>().Where(value => value.GetValueKind() is JsonValueKind.Number)
                .Select(value => (int?)value.GetValue<int>()).FirstOrDefault();
            string? owner = fields.Select(field => field.Value).OfType<JsonValue>().FirstOrDefault(value => value.GetValueKind() is JsonValueKind.String)?.GetValue<string>();
            return new CountedList(owner, count ?? items.Count, list.Key.ToLowerInvariant());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A sentence, with the date that was asked about where there was one.</summary>
    /// <param name="arguments">What the function was called with.</param>
    public string Describe(JsonObject arguments)
    {
        string? date = arguments.Where(argument => Words.Of(argument.Key).Contains("date")).Select(argument => argument.Value?.ToString()).FirstOrDefault();
        return $"{Owner ?? "It"} has {Count} {(Count == 1 ? Things.TrimEnd('s') : Things)}{(date is null ? "" : $" from {date} on")}.";
    }
}
