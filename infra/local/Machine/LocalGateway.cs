using System.Globalization;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Logs;
using ContosoSuites.Local.Gateway.Policies;
using ContosoSuites.Local.Gateway.Records;

namespace ContosoSuites.Local.Machine;

/// <summary>The gateway over simulated and real backends.</summary>
internal static partial class LocalGateway
{
    /// <summary>What logs have as the gateway's region.</summary>
    public const string Region = "local";

    /// <summary>Who may call.</summary>
    public static IReadOnlyList<GatewaySubscription> Subscriptions { get; } = [GatewaySubscription.Local];

    /// <summary>Starts it, over the real backends of the options and the addresses of the simulated ones.</summary>
    /// <exception cref="LocalStartException">The port is taken, or nobody uses a deployment.</exception>
    public static Task<GatewayServer> StartAsync(
        LocalSystemOptions options, IReadOnlyDictionary<string, BackendAddress> simulated, CancellationToken cancellationToken, SqliteRequestLog? log = null)
    {
        CheckDeployments(GatewayFiles.Read(options.GatewayDirectory).Backends, GatewayFiles.ReadText(options.GatewayDirectory, GatewayFiles.PolicyName));
        return PortInUse.ExplainAsync(options.GatewayPort, "--gateway-port", () => GatewayServer.StartAsync(
            new GatewayOptions
            {
                Port = options.GatewayPort,
                Directory = options.GatewayDirectory,
                Subscriptions = Subscriptions,
                Backends = options.RealBackends.Concat(simulated).ToDictionary(),
                NamedValues = NamedValuesOf(options),
                RequestLogs = [.. new IRequestLog?[] { log, options.RequestLog }.OfType<IRequestLog>()],
                LoggerFactory = LoggerFactory.Create(LocalLogging.GatewayToConsole),
            },
            options.GatewayTime,
            cancellationToken));
    }

    // A policy that computes whom it calls, or calls addresses, tells nothing of the pools that it leaves out.
    private static void CheckDeployments(BackendsFile backends, string policy)
    {
        string[] named = [.. BackendId().Matches(policy).Select(match => match.Groups[1].Value)];
        bool computed = named.Length == 0 || named.Any(name => name[0] is '@' or '{');
        if (!computed && backends.Deployments.FirstOrDefault(deployment => !backends.Instances.Select(deployment.BackendOf).Append(deployment.Pool).Any(named.Contains)) is { } unused)
        {
            throw new LocalStartException(
                $"{GatewayFiles.BackendsName}: deployments: nobody uses {unused.Name}, since {GatewayFiles.PolicyName} does not name its pool \"{unused.Pool}\".");
        }
    }

    private static Dictionary<string, string> NamedValuesOf(LocalSystemOptions options) => options.TokensPerMinute is { } tokens
        ? new() { [NamedValues.TokensPerMinute] = tokens.ToString(CultureInfo.InvariantCulture) }
        : [];

    [GeneratedRegex("""backend-id=["']([^"']+)["']""")]
    private static partial Regex BackendId();
}
