namespace ContosoSuites.Local.Models.Http;

/// <summary>What a request's method and path ask for.</summary>
/// <param name="Operation">The operation; Unknown where the path is not served.</param>
/// <param name="Deployment">The deployment in the path; null where the body's <c>model</c> names it.</param>
internal readonly record struct ModelRoute(ModelOperation Operation, string? Deployment)
{
    private const string DeploymentsPrefix = "/openai/deployments/";
    private const string VersionOnePrefix = "/openai/v1";

    /// <summary>Whether this is the newer surface, which needs no api-version and takes the deployment from the body.</summary>
    public bool IsVersionOne => Deployment is null;

    public static ModelRoute Parse(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        if (path.StartsWith(DeploymentsPrefix, StringComparison.OrdinalIgnoreCase))
        {
            int end = path.IndexOf('/', DeploymentsPrefix.Length);
            if (end > DeploymentsPrefix.Length && HttpMethods.IsPost(request.Method))
            {
                return new ModelRoute(PostOperation(path.AsSpan(end)), path[DeploymentsPrefix.Length..end]);
            }
        }
        else if (path.StartsWith(VersionOnePrefix, StringComparison.OrdinalIgnoreCase))
        {
            ReadOnlySpan<char> rest = path.AsSpan(VersionOnePrefix.Length);
            if (HttpMethods.IsPost(request.Method))
            {
                return new ModelRoute(PostOperation(rest), null);
            }

            if (HttpMethods.IsGet(request.Method) && rest.Equals("/models", StringComparison.OrdinalIgnoreCase))
            {
                return new ModelRoute(ModelOperation.Models, null);
            }
        }

        return new ModelRoute(ModelOperation.Unknown, null);
    }

    private static ModelOperation PostOperation(ReadOnlySpan<char> rest) =>
        rest.Equals("/chat/completions", StringComparison.OrdinalIgnoreCase) ? ModelOperation.ChatCompletions
        : rest.Equals("/embeddings", StringComparison.OrdinalIgnoreCase) ? ModelOperation.Embeddings
        : ModelOperation.Unknown;
}
