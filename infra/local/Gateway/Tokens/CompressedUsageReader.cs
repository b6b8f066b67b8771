namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Reads a compressed answer: unpacks each piece as far as it goes and gives it to the reader of what is inside. The caller
/// gets the bytes as they are.
/// </summary>
internal sealed class CompressedUsageReader : IUsageReader, IDisposable
{
    private readonly IUsageReader _inner;
    private readonly PieceStream _pieces = new();
    private readonly Stream _unpacked;
    private readonly byte[] _buffer = new byte[4096];
    private bool _isBroken;

    private CompressedUsageReader(IUsageReader inner, string codings)
    {
        _inner = inner;
        _unpacked = ContentCodings.TryUnpack(codings, _pieces)!;
    }

    public TokenUsage? Usage => _inner.Usage;

    public string? Model => _inner.Model;

    public bool IsComplete => _inner.IsComplete || _isBroken;

    public bool IsStream => _inner.IsStream;

    /// <summary>A reader of an answer with these codings; null when one of them is not known.</summary>
    public static IUsageReader? Over(IUsageReader inner, string codings) =>
        ContentCodings.TryUnpack(codings, Stream.Null) is null ? null : new CompressedUsageReader(inner, codings);

    public TokenUsage? Estimate(int requestBytes) => _inner.Estimate(requestBytes);

    public void Read(ReadOnlySpan<byte> piece)
    {
        _pieces.Give(piece);
        try
        {
            while (!IsComplete && _unpacked.Read(_buffer) is > 0 and var length)
            {
                _inner.Read(_buffer.AsSpan(0, length));
            }
        }
        catch (InvalidDataException)
        {
            _isBroken = true;
        }
    }

    public void Dispose() => _unpacked.Dispose();

    /// <summary>Holds what has come and not been read. Its end is no end: more may come, and those who unpack go on then.</summary>
    private sealed class PieceStream : MemoryStream
    {
        public void Give(ReadOnlySpan<byte> piece)
        {
            // What was there has been read: those who unpack read until there is no more.
            SetLength(0);
            Write(piece);
            Position = 0;
        }
    }
}
