using System.Text.RegularExpressions;

namespace ContosoSuites.Tests.Architecture;

/// <summary>Which folders of a source tree may name what is in which others.</summary>
/// <param name="tree">The tree's folder in the repository.</param>
/// <param name="rootNamespace">Its namespace.</param>
/// <param name="allowed">
/// For each folder the folders that it names; the empty name is the tree's own files. A folder below another one that is
/// listed for itself stands for itself.
/// </param>
internal sealed partial class Arrows(string tree, string rootNamespace, IReadOnlyDictionary<string, string[]> allowed)
{
    /// <summary>The Function App's.</summary>
    public static Arrows Functions { get; } = new("functions", "ContosoSuites.Functions", new Dictionary<string, string[]>
    {
        ["Settings"] = [],
        ["Http"] = ["Settings"],
        ["Storage"] = ["Http"],
        ["Storage/Vectors"] = [],
        ["Gateway"] = ["Http", "Settings"],
        ["Chat"] = ["Gateway", "Http", "Settings"],
        ["Embeddings"] = ["Gateway", "Http", "Settings"],
        ["Hotels"] = ["Http"],
        ["Maintenance"] = ["Embeddings", "Gateway", "Hotels", "Http", "Settings", "Storage"],
        ["Distribution"] = ["Gateway", "Http", "Settings", "Storage"],
        ["Health"] = ["Distribution", "Embeddings", "Gateway", "Storage"],
        ["OpenApi"] = ["Chat", "Distribution", "Embeddings", "Gateway", "Maintenance"],
        ["Telemetry"] = ["Distribution", "Settings"],
        ["Storage/Samples"] = ["Hotels", "Maintenance"],
        ["Storage/Sqlite"] = ["Distribution", "Embeddings", "Health", "Hotels", "Maintenance", "Storage", "Storage/Samples", "Storage/Vectors"],
        ["Storage/Cosmos"] = ["Distribution", "Embeddings", "Health", "Hotels", "Maintenance", "Settings", "Storage", "Storage/Samples", "Storage/Vectors"],
        [""] =
        [
            "Chat", "Distribution", "Embeddings", "Gateway", "Health", "Hotels", "Http", "Maintenance", "OpenApi", "Settings", "Storage", "Storage/Cosmos",
            "Storage/Sqlite", "Telemetry",
        ],
    });

    /// <summary>Those of the system on one machine.</summary>
    public static Arrows Local { get; } = new("infra/local", "ContosoSuites.Local", new Dictionary<string, string[]>
    {
        ["Servers"] = [],
        ["Models"] = ["Servers"],
        ["Gateway"] = ["Servers"],
        ["Host"] = ["Servers"],
        ["Logs"] = ["Gateway", "Servers"],
        ["Machine"] = ["Gateway", "Host", "Logs", "Models", "Servers"],
        ["Cli"] = ["Gateway", "Host", "Logs", "Machine", "Models"],
        [""] = ["Cli", "Gateway", "Host", "Machine"],
    });

    /// <summary>The arrows in the source that are not allowed, each with its file, and those that are allowed and not there.</summary>
    public IReadOnlyList<string> FindDifferences()
    {
        var found = new HashSet<(string From, string To)>();
        var differences = new List<string>();
        foreach (var file in SourceFiles())
        {
            var from = FolderOf(file);
            foreach (Match line in Usings().Matches(File.ReadAllText(Path.Combine(Documents.RepositoryRoot, file))))
            {
                var name = line.Groups["name"].Value;
                if (!name.StartsWith(rootNamespace + ".", StringComparison.Ordinal))
                {
                    continue;
                }

                var to = FolderOf($"{tree}/{name[(rootNamespace.Length + 1)..].Replace('.', '/')}/");
                if (to != from && found.Add((from, to)) && !allowed[from].Contains(to))
                {
                    differences.Add($"{file} names {Label(to)}, and the table allows {Label(from)} no arrow to it.");
                }
            }
        }

        differences.AddRange(allowed
            .SelectMany(folder => folder.Value, (folder, to) => (From: folder.Key, To: to))
            .Where(arrow => !found.Contains(arrow) && !IsInside(arrow.From, arrow.To))
            .Select(arrow => $"The table allows an arrow from {Label(arrow.From)} to {Label(arrow.To)}, and there is none: remove it."));
        return differences;
    }

    /// <summary>A circle among the allowed arrows, as the folders on it; empty where there is none.</summary>
    public IReadOnlyList<string> FindCircle()
    {
        var left = allowed.ToDictionary(folder => folder.Key, folder => folder.Value.ToHashSet());
        while (left.Where(folder => !folder.Value.Any(left.ContainsKey)).Select(folder => folder.Key).ToArray() is { Length: > 0 } ends)
        {
            Array.ForEach(ends, end => left.Remove(end));
        }

        return [.. left.Keys.Select(Label)];
    }

    /// <summary>The allowed arrows as a Mermaid diagram. What follows from others is left out: an arrow says "names, directly or on the way".</summary>
    public string Render()
    {
        var arrows = from folder in allowed from to in folder.Value where !Follows(folder.Key, to) select $"  {Node(folder.Key)} --> {Node(to)}";
        var alone = allowed.Keys.Where(folder => allowed[folder].Length == 0 && !allowed.Values.Any(targets => targets.Contains(folder))).Select(folder => $"  {Node(folder)}");
        return string.Join('\n', ["```mermaid", "flowchart TD", .. arrows, .. alone, "```"]);
    }

    [GeneratedRegex(@"^@?using (?:static )?(?:\w+ = )?(?<name>[\w.]+);?\r?$", RegexOptions.Multiline)]
    private static partial Regex Usings();

    private string Node(string folder) => $"{(folder.Length == 0 ? "Root" : folder.Replace("/", "", StringComparison.Ordinal))}[\"{Label(folder)}\"]";

    private static bool IsInside(string folder, string other) => folder.StartsWith(other + "/", StringComparison.Ordinal);

    private string Label(string folder) => folder.Length == 0 ? $"{tree}/*.cs" : folder;

    private bool Follows(string from, string to) => allowed[from].Any(between => between != to && Reaches(between, to));

    private bool Reaches(string from, string to) => allowed[from].Any(next => next == to || Reaches(next, to));

    private string FolderOf(string path) =>
        allowed.Keys.Where(folder => path.StartsWith($"{tree}/{folder}{(folder.Length == 0 ? "" : "/")}", StringComparison.Ordinal)).MaxBy(folder => folder.Length)!;

    private IEnumerable<string> SourceFiles() =>
        from file in Directory.EnumerateFiles(Path.Combine(Documents.RepositoryRoot, tree), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Documents.RepositoryRoot, file).Replace('\\', '/')
        where Path.GetExtension(path) is ".cs" or ".razor" && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select path;
}
