namespace ContosoSuites.Functions.Storage;

/// <summary>The ways in which storing a request can end.</summary>
public enum CreateOutcome
{
    /// <summary>It is stored.</summary>
    Created,

    /// <summary>It was stored before under the same idempotency key; nothing new was stored.</summary>
    AlreadyStored,

    /// <summary>The idempotency key stands for a request with other content; nothing was stored.</summary>
    KeyStandsForOther,
}
