namespace ContosoSuites.Local.Models.Limits;

/// <summary>Counts tokens by a simple rule that needs no vocabulary.</summary>
/// <remarks>
/// A run of letters or digits costs one token for every six characters begun; any other visible character costs one;
/// white space is free. English prose comes out near what a real tokenizer counts, and the same text always the same.
/// </remarks>
internal static class TokenCounter
{
    private const int CharactersPerToken = 6;

    public static int Count(ReadOnlySpan<char> text) => Measure(text, int.MaxValue).Tokens;

    /// <summary>The longest beginning of a text that costs no more than a number of tokens.</summary>
    public static string Truncate(string text, int maxTokens) => text[..Measure(text, maxTokens).Length];

    private static (int Tokens, int Length) Measure(ReadOnlySpan<char> text, int maxTokens)
    {
        int tokens = 0;
        int run = 0;
        for (int index = 0; index < text.Length; index++)
        {
            bool isRun = char.IsLetterOrDigit(text[index]);
            bool costs = isRun ? run % CharactersPerToken == 0 : !char.IsWhiteSpace(text[index]);
            if (costs && tokens == maxTokens)
            {
                // Half of a surrogate pair would not survive the way to the caller.
                return (tokens, index > 0 && char.IsLowSurrogate(text[index]) ? index - 1 : index);
            }

            tokens += costs ? 1 : 0;
            run = isRun ? run + 1 : 0;
        }

        return (tokens, text.Length);
    }
}

/// <summary>The tokens of one answer.</summary>
internal readonly record struct ModelUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;
}
