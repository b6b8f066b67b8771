using System.Text.Json;

namespace ContosoSuites.Tests.Infra;

/// <summary>Short ways into JSON.</summary>
internal static class JsonPath
{
    /// <summary>The value at a path of members.</summary>
    public static JsonElement Get(this JsonElement json, params string[] path) => path.Aggregate(json, (value, name) => value.GetProperty(name));

    /// <summary>The text at a path of members.</summary>
    public static string Text(this JsonElement json, params string[] path) => json.Get(path).GetString()!;

    /// <summary>The texts of an array, or a text of each of its objects.</summary>
    public static string[] Texts(this JsonElement json, params string[] path) => [.. json.EnumerateArray().Select(item => item.Text(path))];

    /// <summary>All texts in it.</summary>
    public static IEnumerable<string> AllTexts(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(AllTexts),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => AllTexts(member.Value)),
        _ => [],
    };
}
