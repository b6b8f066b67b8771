namespace ContosoSuites.Local.Models.Limits;

/// <summary>The tokens of one answer.</summary>
internal readonly record struct ModelUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;
}
