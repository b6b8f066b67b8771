using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Says to a chat what it is told to, whole or not; an embedding is as ever.</summary>
/// <param name="Content">The text; null for none.</param>
/// <param name="FinishReason">Why the answer ends there, in the words of the wire; null leaves it out.</param>
/// <param name="Refusal">The refusal; null for none.</param>
/// <param name="Tool">The function that is called; null for none.</param>
/// <param name="Arguments">What it is called with: JSON, or what only looks like it.</param>
/// <param name="AfterEnd">What a stream still says when it has ended.</param>
public sealed record AnswerFault(
    string? Content = null, string? FinishReason = null, string? Refusal = null, string? Tool = null, string Arguments = "{}", string? AfterEnd = null) : ModelFault
{
    internal override ChatAnswer Change(ChatAnswer answer) => answer with
    {
        Text = Content,
        FinishReason = FinishReason,
        Refusal = Refusal,
        ToolCalls = Tool is null ? [] : [new ToolCall($"call_{Guid.NewGuid():N}", Tool, Arguments)],
        AfterEnd = AfterEnd,
    };
}
