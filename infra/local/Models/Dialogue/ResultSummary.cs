using System.Text.Json;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Puts the result of a call into a sentence, whatever its JSON looks like.</summary>
internal static class ResultSummary
{
    private const int MostItems = 20;
    private const int LongestText = 2000;

    public static string Of(string result)
    {
        if (string.IsNullOrWhiteSpace(result))
        {
            return "nothing.";
        }

        try
        {
            using var document = JsonDocument.Parse(result);
            return Shorten(Describe(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Plain text, or JSON with a string that can not be decoded: said as it came.
            return Shorten(result);
        }
    }

    /// <summary>The first item of a result that is a list, or has one; null for an empty list and for anything else.</summary>
    public static string? FirstOf(string result)
    {
        try
        {
            using var document = JsonDocument.Parse(result);
            JsonElement list = document.RootElement.ValueKind is JsonValueKind.Object
                ? document.RootElement.EnumerateObject().Select(property => property.Value).FirstOrDefault(value => value.ValueKind is JsonValueKind.Array)
                : document.RootElement;
            return list.ValueKind is JsonValueKind.Array && list.GetArrayLength() > 0 ? Shorten(Describe(list[0])) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => DescribeList(value),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{property.Name}: {Describe(property.Value)}")),
        JsonValueKind.Null => "none",
        _ => value.ToString(),
    };

    private static string DescribeList(JsonElement list)
    {
        int count = list.GetArrayLength();
        if (count == 0)
        {
            return "no results.";
        }

        IEnumerable<string> items = list.EnumerateArray().Take(MostItems).Select(item => Describe(item));
        string more = count > MostItems ? $"; and {count - MostItems} more" : "";
        return $"{count} {(count == 1 ? "result" : "results")}: {string.Join("; ", items)}{more}.";
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LongestText)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return $"{text[..end]}…";
    }
}
