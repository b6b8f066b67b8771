namespace ContosoSuites.Local.Models.Chat;

/// <summary>Why an answer ended, in the words of the wire.</summary>
internal static class FinishReason
{
    public const string Stop = "stop";
    public const string Length = "length";
    public const string ToolCalls = "tool_calls";
}
