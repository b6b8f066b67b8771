namespace ContosoSuites.Local.Models.Chat;

/// <summary>How free the model is in calling functions.</summary>
internal enum ToolChoiceMode
{
    /// <summary>As it sees fit.</summary>
    Auto,

    /// <summary>It must not.</summary>
    None,

    /// <summary>It must, whichever it likes; or the one that is named.</summary>
    Required,
}
