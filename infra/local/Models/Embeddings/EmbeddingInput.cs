using ContosoSuites.Local.Models.Limits;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>One thing to embed: a text, or the tokens of one that the caller has cut up already.</summary>
/// <param name="Text">The text; null where tokens are given.</param>
/// <param name="Tokens">The tokens; empty where a text is given.</param>
internal sealed record EmbeddingInput(string? Text, IReadOnlyList<int> Tokens)
{
    public int TokenCount => Text is null ? Tokens.Count : TokenCounter.Count(Text);
}
