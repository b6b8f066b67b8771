using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Maintenance.Copilot;

/// <summary>Section <c>Copilot</c>.</summary>
public sealed class CopilotSettings
{
    /// <summary>The longest message, in UTF-16 characters.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000 characters.")]
    public int MaxMessageLength { get; set; } = 8000;

    /// <summary>How many tokens of past turns a model call carries, roughly; older turns are forgotten first.</summary>
    [Range(500, 1_000_000, ErrorMessage = "must be from 500 to 1000000 tokens.")]
    public int HistoryTokens { get; set; } = 6000;

    /// <summary>Minutes without a message after which a caller without a conversation id starts anew.</summary>
    [Range(1, 1440, ErrorMessage = "must be from 1 to 1440 minutes.")]
    public int IdleMinutes { get; set; } = 30;
}
