using System.Text.RegularExpressions;

namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>A message of the person's, what the model had said before it, and where it stands in the conversation.</summary>
internal sealed partial record Utterance(string Text, string Before = "", int Index = 0)
{
    private readonly ILookup<bool, string> _sentences =
        SentenceEnd().Split(Text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0).ToLookup(Question().IsMatch);

    /// <summary>The sentences that say something, or ask for a deed.</summary>
    public IEnumerable<string> Statements => _sentences[false];

    /// <summary>Whether it wants to know something.</summary>
    public bool Asks => _sentences[true].Any();

    /// <summary>"Yes, save it": it agrees, and says nothing else.</summary>
    public bool Approves => Approval().IsMatch(Text);

    /// <summary>"Never mind": what was talked of is to be dropped.</summary>
    public bool Cancels => !Asks && Cancellation().IsMatch(Text);

    /// <summary>"No, the lamp flickers": what it says replaces what was said.</summary>
    public bool Corrects => Correction().IsMatch(Text);

    [GeneratedRegex(@"(?<=[.!?])\s+|[\r\n]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"^(?!\W*(?:can|could|would) you (?:please )?(?!tell|show|say|give|list|provide))"
        + @"(?:.*\?\W*$|\W*(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|would|show|list|tell|give)\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(
        @"^(?=.*\b(?:yes|yep|sure|ok|okay|correct|perfect|good|save|submit|ahead)\b)"
        + @"[^\w?]*(?:(?:yes|yep|sure|ok|okay|correct|perfect|good|save|submit|go|ahead|please|and|it|this|that|is|looks|now)\b[^\w?]*)+$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Approval();

    [GeneratedRegex(@"^\W*(?:please )?cancel\b|\bcancel (?:it|that|this)\b|\bnever ?mind\b|\bforget (?:about )?(?:it|that)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Cancellation();

    [GeneratedRegex(@"^\W*(?:no|not|sorry|actually)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Correction();
}
