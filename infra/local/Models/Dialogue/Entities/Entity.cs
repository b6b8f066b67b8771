using System.Text.Json.Nodes;

namespace ContosoSuites.Local.Models.Dialogue.Entities;

/// <summary>A thing with a name that a function listed, such as a hotel.</summary>
/// <param name="Id">What other functions know it by.</param>
/// <param name="Name">Its exact name.</param>
/// <param name="Facts">The other texts that were listed with it, such as its city.</param>
internal sealed record Entity(JsonNode Id, string Name, IReadOnlyList<string> Facts)
{
    /// <summary>The name and what else is known.</summary>
    public string Description => Facts.Count == 0 ? Name : $"{Name} ({string.Join(", ", Facts)})";
}
