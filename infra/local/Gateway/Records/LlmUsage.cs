namespace ContosoSuites.Local.Gateway.Records;

/// <summary>What a model call has used.</summary>
/// <param name="Deployment">The deployment that the caller named; empty when the URL names none.</param>
/// <param name="Model">The model that the response names; empty when it names none.</param>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="CompletionTokens">Tokens of the answer; 0 for embeddings.</param>
/// <param name="TotalTokens">Both.</param>
/// <param name="IsStream">Whether the answer was streamed.</param>
internal sealed record LlmUsage(string Deployment, string Model, int PromptTokens, int CompletionTokens, int TotalTokens, bool IsStream);
