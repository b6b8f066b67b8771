using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>
/// One way in which an instance can fail. Each kind is a record of its own that overrides the moment at which it strikes;
/// a new kind is a record in <c>FaultKinds.cs</c> and one line below.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ThrottleFault), "throttle")]
[JsonDerivedType(typeof(StatusFault), "status")]
[JsonDerivedType(typeof(DelayHeadersFault), "delayHeaders")]
[JsonDerivedType(typeof(RefuseFault), "refuse")]
[JsonDerivedType(typeof(ResetFault), "reset")]
[JsonDerivedType(typeof(StallFault), "stall")]
[JsonDerivedType(typeof(CutFault), "cut")]
[JsonDerivedType(typeof(MalformedJsonFault), "malformedJson")]
[JsonDerivedType(typeof(WrongContentTypeFault), "wrongContentType")]
[JsonDerivedType(typeof(WrongTlsNameFault), "wrongTlsName")]
[JsonDerivedType(typeof(AnswerFault), "answer")]
[JsonDerivedType(typeof(ErrorEventFault), "errorEvent")]
public abstract record ModelFault
{
    /// <summary>How many requests it strikes before the instance heals by itself; null for all until it is healed.</summary>
    public int? Requests { get; init; }

    /// <summary>What makes no sense about it; null for nothing.</summary>
    private protected virtual string? Problem => Requests is < 1 ? "A fault must strike at least one request." : null;

    internal void Validate()
    {
        if (Problem is { } problem)
        {
            throw new ArgumentException(problem);
        }
    }

    /// <summary>Strikes before the request is looked at; true when that was the whole answer.</summary>
    internal virtual ValueTask<bool> TryAnswerAsync(ModelExchange exchange) => ValueTask.FromResult(false);

    /// <summary>
    /// Strikes before one part of a good answer: an event of a stream, by its number, or one half of an answer sent in
    /// one piece. The last part of each is <see cref="int.MaxValue"/>.
    /// </summary>
    internal virtual ValueTask BeforePartAsync(ModelExchange exchange, int part) => ValueTask.CompletedTask;

    internal virtual ChatAnswer Change(ChatAnswer answer) => answer;

    /// <summary>Spoils a piece of JSON on its way to the caller; by its number, as above, and an answer in one piece is the last.</summary>
    internal virtual ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => json;
}

/// <summary>How faults are written in JSON, on the admin route and in backends.json.</summary>
internal static class ModelFaultJson
{
    private static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Reads a fault.</summary>
    /// <exception cref="JsonException">It is none, or has a field that it should not have.</exception>
    /// <exception cref="NotSupportedException">It does not say of what kind it is.</exception>
    public static ModelFault? Read(JsonElement json) => json.Deserialize<ModelFault>(Options);

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectRequiredConstructorParameters = true;

        // A misspelled field is an error, not a fault that behaves as if it had not been given.
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }
}

/// <summary>Holds the fault of an instance and counts down the requests it still strikes.</summary>
internal sealed class FaultSwitch
{
    private Armed? _armed;

    public ModelFault? Current => Volatile.Read(ref _armed) is { Fault: var fault, Left: > 0 } ? fault : null;

    public void Set(ModelFault? fault) => Volatile.Write(ref _armed, fault is null ? null : new Armed(fault) { Left = fault.Requests ?? int.MaxValue });

    /// <summary>The fault that strikes this request, if any.</summary>
    public ModelFault? Take() => Volatile.Read(ref _armed) is { } armed && (armed.Fault.Requests is null || Interlocked.Decrement(ref armed.Left) >= 0) ? armed.Fault : null;

    private sealed record Armed(ModelFault Fault)
    {
        public int Left;
    }
}
