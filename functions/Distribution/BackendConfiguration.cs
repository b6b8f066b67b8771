using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// The instances that serve the gateway's pools: what the load should be spread over, and how. Read from the file that API Management is deployed
/// with, which is embedded in this assembly.
/// </summary>
/// <param name="backends">The backends in the order of the file.</param>
public sealed class BackendConfiguration(IReadOnlyList<ConfiguredBackend> backends)
{
    /// <summary>The backends in the order of the file.</summary>
    public IReadOnlyList<ConfiguredBackend> Backends { get; } = backends;

    /// <summary>Reads the file.</summary>
    /// <param name="deployed">The backends that are deployed, as in <c>openai-primary=HOST,openai-secondary</c>; null or empty for all.</param>
    internal static BackendConfiguration Load(string? deployed)
    {
        IReadOnlyList<ConfiguredBackend> all = ReadFile();
        ILookup<string, string> hosts = ReadHosts(deployed);
        return new BackendConfiguration(hosts.Count == 0
            ? all
            : [.. all.Where(backend => hosts.Contains(backend.Name)).Select(backend => backend with { Host = hosts[backend.Name].First() })]);
    }

    /// <summary>What is wrong with a list of deployed backends: that it names some which the file does not. Null for a right one.</summary>
    internal static string? FindWrong(string deployed)
    {
        string[] known = [.. ReadFile().Select(backend => backend.Name)];
        string[] unknown = [.. ReadHosts(deployed).Select(backend => backend.Key).Except(known, StringComparer.Ordinal)];
        return unknown.Length == 0
            ? null
            : $"names {string.Join(", ", unknown)}, and infra/gateway/backends.json has {string.Join(", ", known)}. Leave the setting out for all of them.";
    }

    private static IReadOnlyList<ConfiguredBackend> ReadFile()
    {
        using Stream stream = typeof(BackendConfiguration).Assembly.GetManifestResourceStream("Gateway/backends.json")
            ?? throw new InvalidOperationException("The app was built without infra/gateway/backends.json.");
        using var file = JsonDocument.Parse(stream);
        return ReadInstances(file.RootElement);
    }

    /// <summary>Reads the file's instances.</summary>
    /// <exception cref="InvalidOperationException">Something of it is missing or of another type; the message names the file, the field and what it must be.</exception>
    internal static IReadOnlyList<ConfiguredBackend> ReadInstances(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty("instances", out JsonElement instances)
            && instances.ValueKind == JsonValueKind.Array && instances.GetArrayLength() > 0
            ? [.. instances.EnumerateArray().Select(ReadInstance)]
            : throw Wrong("instances", "a list of at least one instance");

    private static ConfiguredBackend ReadInstance(JsonElement instance, int index)
    {
        return new(ReadText("name"), ReadText("region"), ReadNumber("priority"), ReadNumber("weight"));

        string ReadText(string field) => Find(field) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value
            ? value
            : throw Wrong(PathOf(field), "a text");

        int ReadNumber(string field) => Find(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value)
            ? value
            : throw Wrong(PathOf(field), "a whole number");

        JsonElement Find(string field) => instance.ValueKind == JsonValueKind.Object && instance.TryGetProperty(field, out JsonElement value) ? value : default;

        string PathOf(string field) => string.Create(CultureInfo.InvariantCulture, $"instances[{index}].{field}");
    }

    private static InvalidOperationException Wrong(string field, string expected) =>
        new($"infra/gateway/backends.json, which the app was built with: {field} must be {expected}.");

    private static ILookup<string, string> ReadHosts(string? deployed) => (deployed ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(backend => backend.Split('=', 2, StringSplitOptions.TrimEntries))
        .ToLookup(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
}

/// <summary>
/// What stands for one region in the distribution: an instance of infra/gateway/backends.json, which is one backend in the pool
/// of each deployment.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region it stands in.</param>
/// <param name="Priority">Its priority group; lower numbers come first.</param>
/// <param name="Weight">Its weight within the group.</param>
/// <param name="Host">
/// The host that it answers on, with the port unless that is 443; empty when it is not known. The logs name a backend that
/// did not answer by nothing else.
/// </param>
public sealed record ConfiguredBackend(string Name, string Region, int Priority, int Weight, string Host = "");
