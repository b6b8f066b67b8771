namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>Says the person's words back when no skill has anything to say: proof at least that they arrived.</summary>
internal static class LastResort
{
    private const int LongestEcho = 300;

    public static DialogueReply Reply(DialogueTurn turn)
    {
        string text = turn.UserText.Trim();
        if (text.Length == 0)
        {
            return DialogueReply.Say("I am here, but you have not said anything yet.");
        }

        return DialogueReply.Say(
            $"You said: {Shorten(text)}\n\nI am a simulated model and have no rule for this. Ask me about hotels, bookings or repairs.");
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LongestEcho)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[LongestEcho - 1]) ? LongestEcho - 1 : LongestEcho;
        return $"{text[..end]}…";
    }
}
