using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Chat;
using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>
/// One way in which an instance can fail. Each kind is a record of its own that overrides the moment at which it strikes;
/// a new kind is a new file and one line below.
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
    private protected ModelFault()
    {
    }

    /// <summary>How many requests it strikes before the instance heals by itself; null for all until it is healed.</summary>
    public int? Requests { get; init; }

    /// <summary>Throws where the fault makes no sense.</summary>
    internal virtual void Validate()
    {
        if (Requests is < 1)
        {
            throw new ArgumentException("A fault must strike at least one request.");
        }
    }

    /// <summary>Strikes before the request is looked at; true when that was the whole answer.</summary>
    internal virtual ValueTask<bool> TryAnswerAsync(ModelExchange exchange) => ValueTask.FromResult(false);

    /// <summary>
    /// Strikes before one part of a good answer: an event of a stream, by its number, or one half of an answer sent in
    /// one piece. The last part of each is <see cref="int.MaxValue"/>.
    /// </summary>
    internal virtual ValueTask BeforePartAsync(ModelExchange exchange, int part) => ValueTask.CompletedTask;

    /// <summary>Changes what is said to a chat.</summary>
    internal virtual ChatAnswer Change(ChatAnswer answer) => answer;

    /// <summary>Spoils a piece of JSON on its way to the caller; by its number, as above, and an answer in one piece is the last.</summary>
    internal virtual ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> json, int part) => json;

    /// <summary>Throws where a wait is not one that a clock can keep.</summary>
    private protected static void CheckWait(TimeSpan? wait, string name)
    {
        if (wait is { } value && (value < TimeSpan.Zero || value > TimeSpan.FromDays(1)))
        {
            throw new ArgumentException($"{name} must be between 0 seconds and a day.");
        }
    }
}
