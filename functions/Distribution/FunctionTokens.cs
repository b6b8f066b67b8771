namespace ContosoSuites.Functions.Distribution;

/// <summary>What a function's model calls have used.</summary>
/// <param name="Function">The function; empty for calls that name none.</param>
/// <param name="Tokens">Prompt and answer together.</param>
public sealed record FunctionTokens(string Function, long Tokens);
