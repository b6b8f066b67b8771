namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>A policy, ready to run, section by section.</summary>
internal sealed record PolicyDocument(IPolicy Inbound, IPolicy Backend, IPolicy Outbound, IPolicy OnError);
