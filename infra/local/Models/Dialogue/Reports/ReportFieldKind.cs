namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>The kinds of things that a report can say.</summary>
internal enum ReportFieldKind
{
    /// <summary>One of the things that another function lists, by its id: the hotel.</summary>
    Entity,

    /// <summary>The number of a room.</summary>
    Room,

    /// <summary>A place that is no room.</summary>
    Place,

    /// <summary>One of a few words: who reported it.</summary>
    Choice,

    /// <summary>What it is about.</summary>
    Text,

    /// <summary>Anything else, which is left out.</summary>
    Other,
}
