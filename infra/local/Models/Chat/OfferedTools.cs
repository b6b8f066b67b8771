using System.Text.Json;
using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>The functions that an application offers with a request.</summary>
/// <param name="Tools">The functions.</param>
/// <param name="Tokens">What they cost of the prompt.</param>
internal sealed record OfferedTools(IReadOnlyList<ToolDefinition> Tools, int Tokens)
{
    public static OfferedTools None { get; } = new([], 0);

    /// <summary>Reads the field <c>tools</c>.</summary>
    public static OfferedTools Read(JsonElement tools) => new(ToolReader.Read(tools), TokenCounter.Count(tools.GetRawText()));
}
