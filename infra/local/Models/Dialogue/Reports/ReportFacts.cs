namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>What is known of a report, but for the entity, whose name is looked for in all that was said.</summary>
/// <param name="Room">The number of the room.</param>
/// <param name="Place">A place that is no room.</param>
/// <param name="Choice">Who reported it.</param>
/// <param name="Trouble">What is wrong.</param>
internal sealed record ReportFacts(string? Room = null, string? Place = null, string? Choice = null, string? Trouble = null)
{
    /// <summary>What was asked for is where: a room or a place.</summary>
    public bool HasPlace => Room is not null || Place is not null;
}
