namespace ContosoSuites.Local.Models.Chat;

/// <summary>A chat completion request, checked and read.</summary>
/// <param name="Messages">The conversation so far.</param>
/// <param name="Tools">The functions on offer.</param>
/// <param name="ToolChoice">Whether to call one.</param>
/// <param name="MaxTokens">The longest answer; null for any.</param>
/// <param name="Stream">Whether the answer is streamed.</param>
/// <param name="IncludeUsage">Whether a stream ends with the tokens used.</param>
/// <param name="PromptTokens">The tokens of messages and functions.</param>
internal sealed record ChatRequest(
    IReadOnlyList<ChatMessage> Messages,
    IReadOnlyList<ToolDefinition> Tools,
    ToolChoice ToolChoice,
    int? MaxTokens,
    bool Stream,
    bool IncludeUsage,
    int PromptTokens);
