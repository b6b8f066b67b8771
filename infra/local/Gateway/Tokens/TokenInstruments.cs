using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>The token metrics of one namespace, named as in API Management.</summary>
internal sealed class TokenInstruments : IDisposable
{
    private const string Unit = "{token}";

    private readonly Meter _meter;
    private readonly Counter<long> _total;
    private readonly Counter<long> _prompt;
    private readonly Counter<long> _completion;

    public TokenInstruments(string name)
    {
        _meter = new Meter(name);
        _total = _meter.CreateCounter<long>("Total Tokens", Unit, "Tokens of prompts and completions.");
        _prompt = _meter.CreateCounter<long>("Prompt Tokens", Unit, "Tokens of prompts.");
        _completion = _meter.CreateCounter<long>("Completion Tokens", Unit, "Tokens of completions.");
    }

    /// <summary>Counts what one model call has used.</summary>
    public void Add(TokenUsage usage, in TagList dimensions)
    {
        _total.Add(usage.Sum, dimensions);
        _prompt.Add(usage.PromptTokens, dimensions);
        _completion.Add(usage.CompletionTokens, dimensions);
    }

    public void Dispose() => _meter.Dispose();
}
