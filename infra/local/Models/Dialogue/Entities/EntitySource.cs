using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Entities;

/// <summary>Finds the function that lists the things whose id a parameter takes.</summary>
internal static class EntitySource
{
    private const string Id = "id";

    /// <summary>
    /// The function that the parameter's description names, or else the one that is called after the same thing:
    /// <c>get_hotels</c> for <c>hotelId</c>. It must need no parameters itself. Null where the parameter is no such id.
    /// </summary>
    public static ToolDefinition? For(ToolParameter parameter, IReadOnlyList<ToolDefinition> tools)
    {
        HashSet<string> thing = [.. parameter.NameWords];
        if (!thing.Remove(Id))
        {
            return null;
        }

        ToolDefinition[] lists = [.. tools.Where(tool => !tool.Parameters.Any(other => other.Required))];
        return Array.Find(lists, tool => BareNames(tool.Name).Any(name => parameter.Description.Contains(name, StringComparison.OrdinalIgnoreCase)))
            ?? Array.Find(lists, tool => thing.SetEquals(tool.NameWords));
    }

    /// <summary>What the parameter's things are called: "hotel" for <c>hotel_id</c>.</summary>
    public static string ThingOf(ToolParameter parameter) => string.Join(' ', parameter.NameWords.Where(word => word != Id));

    /// <summary>A name as sent, and without the plugin's name that applications put before it, unless one common word is left.</summary>
    private static IEnumerable<string> BareNames(string name)
    {
        string bare = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return bare.Contains('_', StringComparison.Ordinal) ? [name, bare] : [name];
    }
}
