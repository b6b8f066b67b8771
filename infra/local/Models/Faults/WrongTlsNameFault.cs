namespace ContosoSuites.Local.Models.Faults;

/// <summary>
/// Shows a certificate that is in order but for another name, as after a slip in DNS or in a proxy. Only for an instance
/// that speaks https (<see cref="ModelInstanceOptions.Certificates"/>).
/// </summary>
public sealed record WrongTlsNameFault : UnreachableFault;
