using ContosoSuites.Local.Models.Faults;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Something that goes wrong inside a 2xx, after the gateway has begun to pass it on: no other backend can cure it.</summary>
/// <param name="Says">What the backend sends.</param>
/// <param name="Fault">What does that.</param>
/// <param name="Gateway">What the gateway's caller gets.</param>
/// <param name="Function">The status of a function that does not stream.</param>
/// <param name="Stream">The status of the problem in which a function's stream ends; 200 for a whole stream.</param>
internal sealed record BrokenAnswer(string Says, ModelFault Fault, Passing Gateway, int Function, int Stream);

/// <summary>How far a broken answer gets through the gateway.</summary>
internal enum Passing
{
    /// <summary>All of it, byte for byte.</summary>
    Whole,

    /// <summary>What came, and then the connection is cut.</summary>
    Cut,

    /// <summary>What came, and after a minute of silence the connection is cut.</summary>
    CutAfterSilence,
}
