using System.Text.Json;
using Xunit;

namespace ContosoSuites.Tests.Infra;

/// <summary>What a deployment would deploy. Only what Azure says once a resource stands is an expression still, in brackets.</summary>
internal sealed class Snapshot(JsonElement json)
{
    public IReadOnlyList<JsonElement> Resources { get; } = [.. json.GetProperty("predictedResources").EnumerateArray()];

    /// <summary>What could not be evaluated.</summary>
    public IReadOnlyList<string> Diagnostics { get; } = [.. json.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => diagnostic.ToString())];

    public JsonElement Outputs => json.GetProperty("outputs");

    /// <summary>The resources of a type.</summary>
    public JsonElement[] Of(string type) => [.. Resources.Where(resource => resource.Text("type") == type)];

    /// <summary>The properties of the only resource of a type, or of the one whose name ends so.</summary>
    public JsonElement Properties(string type, string name = "") => Assert.Single(Of(type), resource => NameOf(resource).EndsWith(name, StringComparison.Ordinal)).GetProperty("properties");

    /// <summary>The names of the resources of a type, without those of the resources around them.</summary>
    public IEnumerable<string> Names(string type) => Of(type).Select(NameOf);

    private static string NameOf(JsonElement resource) => resource.Text("name").Split('/')[^1];
}
