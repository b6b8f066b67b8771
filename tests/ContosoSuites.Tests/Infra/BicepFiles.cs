using System.Runtime.CompilerServices;
using System.Text.Json;
using ContosoSuites.Tests.Node;
using Xunit;
using Xunit.Sdk;

namespace ContosoSuites.Tests.Infra;

/// <summary>The syntax trees of all .bicep files below infra, by path; parsed once for the tests of this folder.</summary>
public sealed class BicepFiles : IAsyncLifetime
{
    private Dictionary<string, BicepNode> _files = [];
    private SkipException? _noNode;

    internal static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    internal static string Infra { get; } = Path.Combine(Root, "infra");

    // Where Node is missing, each test that asks is skipped: a fixture can only fail.
    internal IReadOnlyDictionary<string, BicepNode> All => _noNode is null ? _files : throw _noNode;

    internal BicepNode Main => All["main.bicep"];

    internal BicepNode this[string file] => All[file];

    public async ValueTask InitializeAsync()
    {
        try
        {
            JsonElement files = await NodeProject.RunAsync(
                "bicep.mjs", new Dictionary<string, string> { ["FOLDER"] = Infra }, TestContext.Current.CancellationToken);
            _files = files.Deserialize<Dictionary<string, BicepNode>>(JsonSerializerOptions.Web)!;
        }
        catch (SkipException noNode)
        {
            _noNode = noNode;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The declarations of a kind in all files, for instance <c>resource_declaration</c>.</summary>
    internal IEnumerable<(string File, BicepNode Node)> Declarations(string type) =>
        All.SelectMany(file => file.Value.All(type).Select(node => (file.Key, node)));

    /// <summary>The one declaration of a kind and a name in a file.</summary>
    internal BicepNode Declaration(string file, string type, string name) => this[file].All(type).Single(node => node.Name == name);

    /// <summary>A JSON file below infra.</summary>
    internal static JsonElement Json(string path) => JsonElement.Parse(File.ReadAllText(Path.Combine(Infra, path)));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
