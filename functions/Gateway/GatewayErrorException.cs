namespace ContosoSuites.Functions.Gateway;

/// <summary>An error that came inside an answer whose status was 200, as the only way left once a stream has begun.</summary>
/// <param name="error">What it says.</param>
internal sealed class GatewayErrorException(GatewayErrorBody error) : Exception("An answer with status 200 tells of an error.")
{
    /// <summary>What it says.</summary>
    public GatewayErrorBody Error { get; } = error;
}
