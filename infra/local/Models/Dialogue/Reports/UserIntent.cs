using System.Text.RegularExpressions;
using ContosoSuites.Local.Models.Dialogue.Text;

namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>What a person wants of a report with a message, by its words alone; whether there is a report to want it of is not known here.</summary>
internal static partial class UserIntent
{
    private const int LongestApproval = 12;

    /// <summary>"Yes, save it": a short sentence that agrees or tells to save, in a message without a but.</summary>
    public static bool Approves(string text) =>
        !Doubt().IsMatch(text)
        && Sentences.Of(text).Any(sentence => !Sentences.IsQuestion(sentence)
            && sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= LongestApproval
            && Approval().IsMatch(sentence));

    /// <summary>"No", "not yet".</summary>
    public static bool Declines(string text) => Refusal().IsMatch(text);

    /// <summary>"Cancel", "never mind": there is to be no report.</summary>
    public static bool Cancels(string text) => Cancellation().IsMatch(text) && !Sentences.HasQuestion(text);

    /// <summary>"No, the room is 512": what follows replaces what was said.</summary>
    public static bool Corrects(string text) => Correction().IsMatch(text);

    /// <summary>"Did it get saved?"</summary>
    public static bool AsksWhetherSaved(string text) => Sentences.HasQuestion(text) && MentionsSaving(text);

    /// <summary>Whether saving is spoken of at all.</summary>
    public static bool MentionsSaving(string text) => Saved().IsMatch(text);

    /// <summary>"What is the id of that request?"</summary>
    public static bool AsksForId(string text) => Identity().IsMatch(text) && (Sentences.HasQuestion(text) || Telling().IsMatch(text));

    [GeneratedRegex(
        @"\b(?:no|nope|not|don['’]?t|never|wait|but|except|change|instead|actually|cancel|later|wrong|incorrect|before|until|unless|hold on|stop|should be|nothing|nobody)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Doubt();

    [GeneratedRegex(
        """
        ^\W*(?:
            (?:yes|yep|yeah|yup|sure|correct|right|exactly|perfect|absolutely|definitely|certainly|agreed|approved?|confirm(?:ed)?|of\s+course|proceed|go\s+ahead|go\s+for\s+it|do\s+(?:it|so|that))\b
          | (?:ok(?:ay)?|fine|great|good|alright|all\s+right)\b(?!.*\bthank)
          | (?:that|this|it|everything|all)(?:['’]s|\s+is)?\s+(?:all\s+)?(?:looks?\s+|seems?\s+|sounds?\s+)?(?:all\s+)?(?:correct|right|good|fine|ok(?:ay)?|perfect|great)\b
          | looks?\s+(?:correct|right|good|fine|ok(?:ay)?|great|perfect)\b
          | (?:(?:please|now|then|and|so|you\s+(?:can|may|should)|(?:can|could|would|will)\s+you|i\s+(?:want\s+you|would\s+like\s+you)\s+to|i)\W+){0,3}
            (?:save|submit|store|approve|confirm|file|go\s+ahead|proceed|do\s+(?:it|so|that))\b
        )
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Approval();

    [GeneratedRegex(@"^\W*(?:no|nope|not yet|not now|don['’]?t|do not|wait|hold on|stop|later)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();

    [GeneratedRegex(
        @"^\W*(?:no[,.]?\s+)?(?:please\s+)?(?:cancel|abort|discard|scrap)\b|\b(?:cancel|discard|scrap|drop|delete|forget)\s+(?:about\s+)?(?:it|that|this|the (?:\w+\s+)?(?:draft|request|report))\b|\bnever\s?mind\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Cancellation();

    [GeneratedRegex(@"^\W*(?:no|nope|sorry|actually|wait|correction|wrong)\b|\b(?:change|correct|replace|instead|rather|should be|i meant|not right|is wrong)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Correction();

    [GeneratedRegex(@"\b(?:sav(?:ed?|ing)|stor(?:ed?|ing)|submitted|filed|recorded|database|(?:go|went|gone) through)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Saved();

    [GeneratedRegex(@"\bids?\b|\bidentifier\b|\breference\b|\b(?:request|report|ticket)(?:'s)? number\b", RegexOptions.IgnoreCase)]
    private static partial Regex Identity();

    [GeneratedRegex(@"\b(?:give|tell|show|need|provide)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Telling();
}
