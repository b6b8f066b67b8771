using System.Globalization;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>One way in which an instance comes to do what a row of the matrix says.</summary>
/// <param name="Name">The way, for the name of a test.</param>
/// <param name="Fault">What the instance is told; null where it is well, or the way to it is at fault.</param>
internal sealed record Cause(string Name, ModelFault? Fault = null)
{
    /// <summary>The code that the instance answers; null when no response comes.</summary>
    public int? Code { get; private init; }

    /// <summary>The Retry-After that it answers.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>What the gateway finds when no response comes.</summary>
    public ForwardError Error { get; private init; }

    /// <summary>Whether the instance speaks https.</summary>
    public bool Https { get; private init; }

    /// <summary>Whether it keeps its caller waiting until the caller's time is up.</summary>
    public bool Hangs { get; private init; }

    /// <summary>Where the gateway looks for the instance, by where it is.</summary>
    public Func<Uri, Uri> Address { get; private init; } = url => url;

    /// <summary>Nothing is wrong.</summary>
    public static Cause None { get; } = new("well") { Code = 200 };

    public static Cause Status(int code, TimeSpan? retryAfter = null) =>
        new(NameOf(code, retryAfter), new StatusFault(code, retryAfter)) { Code = code, RetryAfter = Seconds(retryAfter) };

    public static Cause Throttle(TimeSpan? retryAfter = null) =>
        new($"throttle {NameOf(429, retryAfter)}", new ThrottleFault(retryAfter)) { Code = 429, RetryAfter = Seconds(retryAfter) };

    public static Cause Silent(string name, ForwardError error, ModelFault fault) =>
        new(name, fault) { Error = error, Hangs = fault is DelayHeadersFault, Https = fault is WrongTlsNameFault };

    public static Cause Misdirected(string name, ForwardError error, Func<Uri, Uri> address) => new(name) { Error = error, Address = address };

    public override string ToString() => Name;

    private static string NameOf(int code, TimeSpan? retryAfter) =>
        string.Create(CultureInfo.InvariantCulture, $"{code}{(retryAfter is null ? "" : " with Retry-After")}");

    private static string? Seconds(TimeSpan? wait) => wait?.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
