using System.Buffers.Text;
using System.Text;

namespace ContosoSuites.Bench.Loads;

/// <summary>Finds the end of an HTTP/1.1 answer in the bytes that have come so far: all that a cheap client needs to know.</summary>
internal static class HttpAnswer
{
    /// <summary>How many bytes the answer has; null as long as it is not complete.</summary>
    /// <exception cref="InvalidDataException">It ends with its connection.</exception>
    public static int? FindEnd(ReadOnlySpan<byte> bytes)
    {
        int headersEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headersEnd < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> headers = bytes[..(headersEnd + 2)];
        int bodyStart = headersEnd + 4;
        if (Find(headers, "Content-Length"u8) is { Length: > 0 } length)
        {
            int end = Utf8Parser.TryParse(length, out int count, out _) ? bodyStart + count : throw new InvalidDataException("The length is no number.");
            return end <= bytes.Length ? end : null;
        }

        if (!Find(headers, "Transfer-Encoding"u8).SequenceEqual("chunked"u8))
        {
            throw new InvalidDataException("The answer has neither a length nor chunks.");
        }

        return FindLastChunk(bytes, bodyStart);
    }

    /// <summary>The status of a complete answer.</summary>
    public static int StatusOf(ReadOnlySpan<byte> answer) =>
        answer.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(answer[9..], out int status, out _) ? status : throw new InvalidDataException("That is no HTTP/1.1.");

    /// <summary>Whether a complete answer has a header.</summary>
    public static bool HasHeader(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> name) => Find(answer[..answer.IndexOf("\r\n\r\n"u8)], name).Length > 0;

    private static int? FindLastChunk(ReadOnlySpan<byte> bytes, int position)
    {
        while (true)
        {
            int lineEnd = bytes[position..].IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return null;
            }

            if (!Utf8Parser.TryParse(bytes.Slice(position, lineEnd), out int size, out _, 'x'))
            {
                throw new InvalidDataException("The size of a chunk is no number.");
            }

            position += lineEnd + 2 + size + 2;
            if (position > bytes.Length)
            {
                return null;
            }

            if (size == 0)
            {
                return position;
            }
        }
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        foreach (Range range in headers.Split("\r\n"u8))
        {
            ReadOnlySpan<byte> line = headers[range];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return [];
    }
}
