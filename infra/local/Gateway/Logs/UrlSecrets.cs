namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>
/// Takes credentials out of URLs that are logged, wherever a caller has put them: of the query's parameters only the one that
/// the API's operations know keeps its value, and no part of a URL keeps a subscription's key, however it is encoded.
/// </summary>
internal sealed class UrlSecrets(IEnumerable<GatewaySubscription> subscriptions)
{
    private const string Hidden = "***";
    private const string KnownParameter = "api-version=";

    private readonly string[] _keys = [.. subscriptions.Select(subscription => PlusAsSpace(subscription.Key))];

    /// <summary>The whole of <paramref name="url"/>, without credentials.</summary>
    public string Hide(string url)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? HidePath(url) : $"{HidePath(url[..question])}?{string.Join('&', url[(question + 1)..].Split('&').Select(HideParameter))}";
    }

    private string HidePath(string path)
    {
        if (!HoldsKey(path))
        {
            return path;
        }

        var segments = string.Join('/', path.Split('/').Select(segment => HoldsKey(segment) ? Hidden : segment));
        return HoldsKey(segments) ? Hidden : segments;
    }

    private string HideParameter(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 || HoldsKey(parameter[..equals]) ? Hidden
            : parameter.StartsWith(KnownParameter, StringComparison.Ordinal) && !HoldsKey(parameter) ? parameter
            : parameter[..(equals + 1)] + Hidden;
    }

    // What was encoded twice is no secret either.
    private bool HoldsKey(string text)
    {
        var decoded = PlusAsSpace(text);
        do
        {
            text = decoded;
            if (_keys.Any(key => text.Contains(key, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            decoded = PlusAsSpace(Uri.UnescapeDataString(text));
        }
        while (decoded != text);
        return false;
    }

    // In a query both are a space.
    private static string PlusAsSpace(string text) => text.Replace('+', ' ');
}
