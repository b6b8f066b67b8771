using Microsoft.Extensions.AI;

namespace ContosoSuites.Functions.Gateway;

/// <summary>The ways in which an answer that can be read is not a whole one.</summary>
internal enum AnswerFault
{
    /// <summary>It reached the most tokens that it may have.</summary>
    Length,

    /// <summary>The content filter stopped it.</summary>
    ContentFilter,

    /// <summary>It ended for a reason that nobody here knows.</summary>
    UnknownEnd,

    /// <summary>It ended without the model's word that it had finished.</summary>
    NoEnd,

    /// <summary>The model had finished, and went on.</summary>
    AfterEnd,

    /// <summary>There is nothing in it: no words and no calls.</summary>
    Silence,
}

/// <summary>An answer that can be read, and is not whole.</summary>
/// <param name="fault">What is wrong with it.</param>
/// <param name="finishReason">The model's word for its end; null where there is none.</param>
internal sealed class AnswerFaultException(AnswerFault fault, string? finishReason) : Exception($"The answer is not whole: {fault}.")
{
    /// <summary>What is wrong with it.</summary>
    public AnswerFault Fault { get; } = fault;

    /// <summary>The model's word for its end; null where there is none.</summary>
    public string? FinishReason { get; } = finishReason;

    /// <summary>What is wrong with an answer that has come to its end.</summary>
    /// <param name="finishReason">The model's word for its end.</param>
    /// <param name="saysSomething">Whether it has words or calls.</param>
    /// <returns>Null for a whole answer.</returns>
    public static AnswerFaultException? Of(ChatFinishReason? finishReason, bool saysSomething)
    {
        AnswerFault? fault = finishReason switch
        {
            null => AnswerFault.NoEnd,
            { } end when end == ChatFinishReason.Length => AnswerFault.Length,
            { } end when end == ChatFinishReason.ContentFilter => AnswerFault.ContentFilter,
            { } end when end != ChatFinishReason.Stop && end != ChatFinishReason.ToolCalls => AnswerFault.UnknownEnd,
            _ => saysSomething ? null : AnswerFault.Silence,
        };
        return fault is { } found ? new AnswerFaultException(found, finishReason?.Value) : null;
    }
}
