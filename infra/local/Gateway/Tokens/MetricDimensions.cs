using System.Collections.Frozen;
using ContosoSuites.Local.Gateway.Pipeline;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// The dimensions of metrics that need no value, as API Management knows them. It also has Product ID and User ID; there are
/// no products and users here.
/// </summary>
internal static class MetricDimensions
{
    /// <summary>The backend that has served: the one that is not known before there is a response.</summary>
    public const string BackendId = "Backend ID";

    private static readonly FrozenDictionary<string, Func<PolicyExecution, string>> Values = new Dictionary<string, Func<PolicyExecution, string>>
    {
        ["API ID"] = static execution => execution.Services.Api.Id,
        ["Operation ID"] = static execution => execution.Route?.Id ?? "",
        ["Subscription ID"] = static execution => execution.Subscription?.Id ?? "",
        ["Location"] = static execution => execution.Services.Deployment.Region,
        ["Gateway ID"] = static execution => execution.Services.Deployment.GatewayId,
    }.ToFrozenDictionary();

    /// <summary>All names.</summary>
    public static IEnumerable<string> Known => Values.Keys.Append(BackendId).Order(StringComparer.Ordinal);

    /// <summary>What gives the dimension its value at the beginning of a request; null for a name that is none of these.</summary>
    public static Func<PolicyExecution, string>? Find(string name) => Values.GetValueOrDefault(name);
}
