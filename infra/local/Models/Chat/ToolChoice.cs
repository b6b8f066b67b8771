namespace ContosoSuites.Local.Models.Chat;

/// <summary>Whether the model may, must or must not call a function.</summary>
/// <param name="Mode">The rule.</param>
/// <param name="Function">The one function, where the rule names one.</param>
internal sealed record ToolChoice(ToolChoiceMode Mode, string? Function = null)
{
    public static ToolChoice Auto { get; } = new(ToolChoiceMode.Auto);

    public static ToolChoice None { get; } = new(ToolChoiceMode.None);

    public static ToolChoice Required { get; } = new(ToolChoiceMode.Required);
}
