using System.Text;

namespace ContosoSuites.Local.Gateway.Logs.Messages;

/// <summary>Divides messages into pieces that each fit into a log entry; a long message goes on in the next piece.</summary>
internal static class MessageChunks
{
    /// <summary>The largest piece that API Management puts into one entry, in bytes.</summary>
    public const int Size = 32 * 1024;

    /// <summary>The pieces, none for no messages.</summary>
    public static IReadOnlyList<IReadOnlyList<LoggedMessage>> Split(IReadOnlyList<LoggedMessage> messages, int size = Size)
    {
        var chunks = new List<IReadOnlyList<LoggedMessage>>();
        var chunk = new List<LoggedMessage>();
        var room = size;
        foreach (var message in messages)
        {
            var rest = message.Content.AsSpan();
            do
            {
                var fits = CharactersWithin(rest, room);
                if (fits == 0 && rest.Length > 0)
                {
                    chunks.Add(chunk);
                    chunk = [];
                    room = size;
                    continue;
                }

                chunk.Add(message with { Content = rest[..fits].ToString() });
                room -= Encoding.UTF8.GetByteCount(rest[..fits]);
                rest = rest[fits..];
            }
            while (rest.Length > 0);
        }

        if (chunk.Count > 0)
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    // Whole characters only: half of one would not survive being written as UTF-8.
    private static int CharactersWithin(ReadOnlySpan<char> text, int bytes)
    {
        var characters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            characters += rune.Utf16SequenceLength;
        }

        return characters;
    }
}
