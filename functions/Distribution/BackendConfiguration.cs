using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// The gateway's backends: what the load should be spread over, and how. Read from the file that API Management is deployed
/// with, which is embedded in this assembly.
/// </summary>
/// <param name="backends">The backends in the order of the file.</param>
public sealed class BackendConfiguration(IReadOnlyList<ConfiguredBackend> backends)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>The backends in the order of the file.</summary>
    public IReadOnlyList<ConfiguredBackend> Backends { get; } = backends;

    /// <summary>Reads the file.</summary>
    /// <param name="deployed">The backends that are deployed, as in <c>openai-primary=HOST,openai-secondary</c>; null or empty for all.</param>
    /// <exception cref="OptionsValidationException">A name is not in the file.</exception>
    internal static BackendConfiguration Load(string? deployed)
    {
        using Stream stream = typeof(BackendConfiguration).Assembly.GetManifestResourceStream("Gateway/backends.json")
            ?? throw new InvalidOperationException("The app was built without infra/gateway/backends.json.");
        IReadOnlyList<ConfiguredBackend> all = JsonSerializer.Deserialize<BackendsFile>(stream, Json)?.Backends
            ?? throw new InvalidOperationException("infra/gateway/backends.json names no backends.");
        ILookup<string, string> hosts = (deployed ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(backend => backend.Split('=', 2, StringSplitOptions.TrimEntries))
            .ToLookup(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
        if (hosts.Count == 0)
        {
            return new BackendConfiguration(all);
        }

        string[] unknown = [.. hosts.Select(backend => backend.Key).Except(all.Select(backend => backend.Name), StringComparer.Ordinal)];
        return unknown.Length == 0
            ? new BackendConfiguration([.. all.Where(backend => hosts.Contains(backend.Name)).Select(backend => backend with { Host = hosts[backend.Name].First() })])
            : throw new OptionsValidationException(
                "BackendDistribution",
                typeof(DistributionSettings),
                [
                    $"Setting BackendDistribution:Backends names {string.Join(", ", unknown)}, "
                    + $"and infra/gateway/backends.json has {string.Join(", ", all.Select(backend => backend.Name))}. Leave the setting out for all of them.",
                ]);
    }

    private sealed record BackendsFile(IReadOnlyList<ConfiguredBackend> Backends);
}
