using ContosoSuites.Local.Gateway.Expressions.Context;

namespace ContosoSuites.Local.Gateway.Api;

/// <summary>Shows expressions the gateway itself.</summary>
internal sealed class DeploymentInfo(string region) : IDeployment
{
    public string GatewayId => "managed";

    public string Region => region;

    public string ServiceName => "local";
}
