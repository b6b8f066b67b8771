using System.Text.Json;

namespace ContosoSuites.Local.Host.Rpc;

/// <summary>A function as its worker describes it.</summary>
internal sealed record WorkerFunction(RpcFunctionMetadata Metadata, TriggerBinding Trigger)
{
    public string Id => Metadata.FunctionId;

    public string Name => Metadata.Name;

    public bool IsHttp => Trigger.Type == "httpTrigger";

    public bool IsTimer => Trigger.Type == "timerTrigger";

    public static WorkerFunction Read(RpcFunctionMetadata metadata) => new(metadata, metadata.RawBindings
        .Select(binding => JsonSerializer.Deserialize<TriggerBinding>(binding, JsonSerializerOptions.Web)!)
        .First(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal)));
}

/// <summary>A trigger in the words of function.json: for HTTP its route, methods and level of authorization, for a timer its schedule.</summary>
internal sealed record TriggerBinding(string Name, string Type, string? Route, IReadOnlyList<string>? Methods, string? AuthLevel, string? Schedule);
