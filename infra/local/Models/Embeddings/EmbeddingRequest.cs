namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>An embedding request, checked and read.</summary>
/// <param name="Inputs">What to embed.</param>
/// <param name="Dimensions">The length of the vectors.</param>
/// <param name="Base64">Whether vectors are sent as base64 of their bytes instead of as lists of numbers.</param>
/// <param name="PromptTokens">The tokens of all inputs.</param>
internal sealed record EmbeddingRequest(IReadOnlyList<EmbeddingInput> Inputs, int Dimensions, bool Base64, int PromptTokens);
