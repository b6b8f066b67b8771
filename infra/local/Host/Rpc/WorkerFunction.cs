using System.Text.Json;

namespace ContosoSuites.Local.Host.Rpc;

/// <summary>A function as its worker describes it.</summary>
/// <param name="Name">As in its attribute.</param>
/// <param name="Trigger">Its trigger's binding in JSON: type, and what belongs to the type (route and methods, or schedule).</param>
/// <param name="Metadata">What the worker wants back when it is to load the function.</param>
internal sealed record WorkerFunction(string Name, JsonElement Trigger, RpcFunctionMetadata Metadata)
{
    private const string HttpTrigger = "httpTrigger";
    private const string TimerTrigger = "timerTrigger";

    public string Id => Metadata.FunctionId;

    /// <summary>The parameter that takes what triggers it.</summary>
    public string ParameterName => Text("name")!;

    public bool IsHttp => Text("type") == HttpTrigger;

    public bool IsTimer => Text("type") == TimerTrigger;

    /// <summary>Below the route prefix; the function's name where it has no route of its own.</summary>
    public string Route => Text("route") ?? Name;

    public bool IsAnonymous => string.Equals(Text("authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> Methods => Trigger.TryGetProperty("methods", out JsonElement methods)
        ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
        : [];

    /// <summary>As written, a setting in percent signs for instance.</summary>
    public string Schedule => Text("schedule") ?? "";

    public static WorkerFunction Read(RpcFunctionMetadata metadata) => new(
        metadata.Name,
        metadata.RawBindings.Select(binding => JsonElement.Parse(binding)).First(binding => binding.GetProperty("type").GetString() is HttpTrigger or TimerTrigger),
        metadata);

    private string? Text(string property) => Trigger.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;
}
