namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>What the model asks when a report lacks something, in words it knows again in the conversation.</summary>
[Flags]
internal enum Questions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Which entity.</summary>
    Which = 1,

    /// <summary>Which room or place.</summary>
    Where = 2,

    /// <summary>What is wrong.</summary>
    What = 4,
}

/// <summary>The questions' words.</summary>
internal static class QuestionTexts
{
    private const string Where = "Which room or place is it?";
    private const string What = "What is wrong there?";

    public static string Write(Questions questions, string thing)
    {
        string[] texts =
        [
            questions.HasFlag(Questions.Which) ? $"Which {thing} is it?" : "",
            questions.HasFlag(Questions.Where) ? Where : "",
            questions.HasFlag(Questions.What) ? What : "",
        ];
        return string.Join(' ', texts.Where(text => text.Length > 0));
    }

    /// <summary>The questions that a message of the model's asked.</summary>
    public static Questions Read(string text, string thing) =>
        (text.Contains(Write(Questions.Which, thing), StringComparison.Ordinal) ? Questions.Which : Questions.None)
        | (text.Contains(Where, StringComparison.Ordinal) ? Questions.Where : Questions.None)
        | (text.Contains(What, StringComparison.Ordinal) ? Questions.What : Questions.None);
}
