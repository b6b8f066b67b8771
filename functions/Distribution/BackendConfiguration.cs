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
    /// <param name="only">The names of the backends that are deployed, separated by commas; null or empty for all.</param>
    /// <exception cref="OptionsValidationException">A name is not in the file.</exception>
    internal static BackendConfiguration Load(string? only)
    {
        using Stream stream = typeof(BackendConfiguration).Assembly.GetManifestResourceStream("Gateway/backends.json")
            ?? throw new InvalidOperationException("The app was built without infra/gateway/backends.json.");
        IReadOnlyList<ConfiguredBackend> all = JsonSerializer.Deserialize<BackendsFile>(stream, Json)?.Backends
            ?? throw new InvalidOperationException("infra/gateway/backends.json names no backends.");
        string[] names = (only ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            return new BackendConfiguration(all);
        }

        string[] unknown = [.. names.Except(all.Select(backend => backend.Name), StringComparer.Ordinal)];
        return unknown.Length == 0
            ? new BackendConfiguration([.. all.Where(backend => names.Contains(backend.Name, StringComparer.Ordinal))])
            : throw new OptionsValidationException(
                DistributionSettings.Section,
                typeof(DistributionSettings),
                [
                    $"Setting {DistributionSettings.Section}:{nameof(DistributionSettings.Backends)} names {string.Join(", ", unknown)}, "
                    + $"and infra/gateway/backends.json has {string.Join(", ", all.Select(backend => backend.Name))}. Leave the setting out for all of them.",
                ]);
    }

    private sealed record BackendsFile(IReadOnlyList<ConfiguredBackend> Backends);
}
