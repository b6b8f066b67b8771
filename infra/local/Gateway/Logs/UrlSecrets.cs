namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>
/// Takes credentials out of URLs that are logged, wherever a caller has put them: of the query only the parameter that the
/// API's operations know stays, and no part of a URL keeps a subscription's key, however it is encoded.
/// </summary>
internal sealed class UrlSecrets(IEnumerable<GatewaySubscription> subscriptions)
{
    private const string Hidden = "***";
    private const string KnownParameter = "api-version=";

    private readonly string[] _keys = [.. subscriptions.Select(subscription => PlusAsSpace(subscription.Key))];

    /// <summary>The whole of <paramref name="url"/>, without credentials.</summary>
    public string Hide(string url)
    {
        var parts = url.Split('?', 2);
        var path = HoldsKey(parts[0]) ? Hidden : parts[0];
        return parts.Length == 1 ? path : $"{path}?{string.Join('&', parts[1].Split('&').Select(HideParameter))}";
    }

    private string HideParameter(string parameter) =>
        parameter.StartsWith(KnownParameter, StringComparison.Ordinal) && !HoldsKey(parameter) ? parameter : Hidden;

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
