namespace ContosoSuites.Local.Cli;

/// <summary>Clients of a running app.</summary>
internal static class AppClient
{
    /// <summary>A client that shows the function key.</summary>
    /// <param name="key">The key; null where the app asks for none.</param>
    public static HttpClient Create(string? key)
    {
        var client = new HttpClient();
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }
}
