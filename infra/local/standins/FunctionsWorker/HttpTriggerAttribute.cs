namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter that receives the HTTP request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    /// <summary>Any method, level <see cref="AuthorizationLevel.Function"/>.</summary>
    public HttpTriggerAttribute() => AuthLevel = AuthorizationLevel.Function;

    /// <summary>The given methods, level <see cref="AuthorizationLevel.Anonymous"/> as in the package.</summary>
    /// <param name="methods">HTTP methods, in any case.</param>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any method, the given level.</summary>
    /// <param name="authLevel">The key that a request must carry.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The given methods and level.</summary>
    /// <param name="authLevel">The key that a request must carry.</param>
    /// <param name="methods">HTTP methods, in any case.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the route prefix; the function's name where null.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods; null means any.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>The key that a request must carry.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
