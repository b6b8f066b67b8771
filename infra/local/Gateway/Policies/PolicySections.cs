namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>The sections of a policy.</summary>
[Flags]
internal enum PolicySections
{
    None = 0,
    Inbound = 1,
    Backend = 2,
    Outbound = 4,
    OnError = 8,
    All = Inbound | Backend | Outbound | OnError,
}
