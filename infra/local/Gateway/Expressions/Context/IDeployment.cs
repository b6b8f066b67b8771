namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>The gateway, as policy expressions see it.</summary>
public interface IDeployment
{
    /// <summary>The gateway's id; <c>managed</c> for a gateway that API Management runs.</summary>
    public string GatewayId { get; }

    /// <summary>The region it runs in.</summary>
    public string Region { get; }

    /// <summary>The name of the API Management service.</summary>
    public string ServiceName { get; }
}
