namespace ContosoSuites.Local.Models.Limits;

/// <summary>Counts tokens by a simple rule that needs no vocabulary.</summary>
/// <remarks>
/// A run of letters or digits costs one token for every six characters begun; any other visible character costs one;
/// white space is free. English prose comes out near what a real tokenizer counts, and the same text always the same.
/// </remarks>
internal static class TokenCounter
{
    private const int CharactersPerToken = 6;

    public static int Count(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        int run = 0;
        foreach (char character in text)
        {
            tokens += CostOf(character, ref run);
        }

        return tokens;
    }

    /// <summary>The longest beginning of a text that costs no more than a number of tokens.</summary>
    public static string Truncate(string text, int maxTokens)
    {
        int tokens = 0;
        int run = 0;
        for (int index = 0; index < text.Length; index++)
        {
            tokens += CostOf(text[index], ref run);
            if (tokens > maxTokens)
            {
                // Half of a surrogate pair would not survive the way to the caller.
                int end = index > 0 && char.IsLowSurrogate(text[index]) ? index - 1 : index;
                return text[..end];
            }
        }

        return text;
    }

    /// <summary>What one more character costs, given how long the run of letters or digits before it is.</summary>
    private static int CostOf(char character, ref int run)
    {
        if (char.IsLetterOrDigit(character))
        {
            return run++ % CharactersPerToken == 0 ? 1 : 0;
        }

        run = 0;
        return char.IsWhiteSpace(character) ? 0 : 1;
    }
}

/// <summary>The tokens of one answer.</summary>
internal readonly record struct ModelUsage(int PromptTokens, int CompletionTokens)
{
    public int TotalTokens => PromptTokens + CompletionTokens;
}
