using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Forwarding;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>What all requests share.</summary>
internal sealed record GatewayServices
{
    public required ApiDefinition Api { get; init; }

    public required BackendRegistry Backends { get; init; }

    public required ValueCache Cache { get; init; }

    public required DeploymentInfo Deployment { get; init; }

    public required DiagnosticsFile Diagnostics { get; init; }

    public required EmptyPool EmptyPool { get; init; }

    public required Forwarder Forwarder { get; init; }

    public required GatewayLog Log { get; init; }

    public required TimeProvider Time { get; init; }
}
