using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

/// <summary>Finds out whether a request names the deployment it should.</summary>
internal static class Deployments
{
    /// <summary>Ends the request unless it names the deployment that serves its operation.</summary>
    /// <param name="route">The route, which may name a deployment.</param>
    /// <param name="body">The body, whose <c>model</c> names it otherwise.</param>
    /// <param name="expected">The deployment that serves this operation.</param>
    /// <param name="other">The deployment that exists but serves another operation.</param>
    public static void Check(ModelRoute route, JsonElement body, string expected, string other)
    {
        string deployment = route.Deployment ?? body.Required("model").Text("model");
        if (deployment.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        throw new ModelRequestException(deployment.Equals(other, StringComparison.OrdinalIgnoreCase)
            ? new ModelError(
                StatusCodes.Status400BadRequest,
                "OperationNotSupported",
                $"The {route.Operation} operation does not work with the specified model, {deployment}. Please choose different model and try again.")
            : ModelError.DeploymentNotFound);
    }
}
