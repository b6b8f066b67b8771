using System.Globalization;
using ContosoSuites.Local.Gateway;

namespace ContosoSuites.Local.Machine;

/// <summary>Where the Function App finds the other parts.</summary>
/// <param name="Gateway">The gateway; null for the one in the app's settings.</param>
/// <param name="Logs">
/// The query API on the gateway's logs. Without one nothing is collected: who listens at the address in the settings has the
/// logs of another gateway.
/// </param>
/// <param name="Backends">The gateway's backends, by whose hosts the logs know those that did not answer; null where they are not known.</param>
internal sealed record AppConnections(Uri? Gateway, Uri? Logs = null, IReadOnlyDictionary<string, BackendAddress>? Backends = null)
{
    private const string BackendList = "BackendDistribution:Backends";
    private const string Workspace = "LogAnalytics:WorkspaceId";
    private const int StandardPort = 443;

    /// <summary>The settings that say so. Addresses go before what an app has; a list of backends that it has is its own choice.</summary>
    /// <param name="own">What the app has.</param>
    public IReadOnlyDictionary<string, string> ToSettings(IReadOnlyDictionary<string, string?> own)
    {
        var settings = new Dictionary<string, string>();
        if (Gateway is not null)
        {
            settings["ApiManagement:Endpoint"] = AddressOf(Gateway);
        }

        if (Logs is not null)
        {
            settings["LogAnalytics:Endpoint"] = AddressOf(Logs);
        }

        if (Backends is { Count: > 0 } && string.IsNullOrWhiteSpace(own.GetValueOrDefault(BackendList)))
        {
            settings[BackendList] = string.Join(',', Backends.Select(backend => $"{backend.Key}={HostOf(backend.Value.Url)}"));
        }

        return settings;
    }

    /// <summary>An app's settings with these.</summary>
    public IReadOnlyDictionary<string, string?> Apply(IReadOnlyDictionary<string, string?> settings)
    {
        var connected = new Dictionary<string, string?>(settings);
        foreach ((string name, string value) in ToSettings(settings))
        {
            connected[name] = value;
        }

        // What is no id stays, and stops the start as it does anywhere.
        if (Logs is null && Guid.TryParse(settings.GetValueOrDefault(Workspace), out _))
        {
            connected.Remove(Workspace);
        }

        return connected;
    }

    private static string HostOf(Uri url) => url.Port == StandardPort ? url.Host : string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{url.Port}");

    private static string AddressOf(Uri endpoint) => endpoint.AbsoluteUri.TrimEnd('/');
}
