namespace ContosoSuites.Local.Models.Chat;

/// <summary>Cuts a text into the pieces that a stream carries. The pieces together are the text, character for character.</summary>
internal static class TextPieces
{
    private const int FragmentLength = 12;

    /// <summary>Where the piece ends that begins at a position: the next word with the white space before it.</summary>
    public static int EndOfWord(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    /// <summary>Where the fragment ends that begins at a position: after a fixed length, never within a surrogate pair.</summary>
    public static int EndOfFragment(string text, int start)
    {
        int end = Math.Min(start + FragmentLength, text.Length);
        return end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end + 1 : end;
    }
}
