namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Reads an answer that is a stream of server-sent events, each a JSON object; the last one that tells a usage counts. What is
/// no object ends the stream: <c>data: [DONE]</c>.
/// </summary>
internal sealed class EventStreamUsageReader : IUsageReader
{
    private readonly ModelAnswerScanner _event = new();
    private int _events;
    private int _matched;
    private bool _lineIsEmpty = true;
    private bool _lineIsData;
    private bool _afterReturn;

    private static ReadOnlySpan<byte> Data => "data:"u8;

    public TokenUsage? Usage { get; private set; }

    public string? Model { get; private set; }

    public bool IsComplete { get; private set; }

    public bool IsStream => true;

    public TokenUsage? Estimate(int requestBytes) => TokenEstimate.OfStream(requestBytes, _events);

    public void Read(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (piece[0] is (byte)'\r' or (byte)'\n')
            {
                EndLine(piece[0]);
                piece = piece[1..];
                continue;
            }

            _afterReturn = false;
            _lineIsEmpty = false;
            var end = piece.IndexOfAny((byte)'\r', (byte)'\n');
            var text = end < 0 ? piece : piece[..end];
            piece = piece[text.Length..];
            ReadText(text);
        }
    }

    // A part of a line: its field's name may have come in earlier pieces.
    private void ReadText(ReadOnlySpan<byte> text)
    {
        while (!_lineIsData && !text.IsEmpty && _matched >= 0)
        {
            _matched = text[0] == Data[_matched] ? _matched + 1 : -1;
            _lineIsData = _matched == Data.Length;
            text = text[1..];
        }

        if (_lineIsData)
        {
            _event.Scan(text);
        }
    }

    private void EndLine(byte end)
    {
        var secondHalf = end == '\n' && _afterReturn;
        _afterReturn = end == '\r';
        if (secondHalf)
        {
            return;
        }

        if (_lineIsEmpty)
        {
            EndEvent();
        }

        _lineIsEmpty = true;
        _lineIsData = false;
        _matched = 0;
    }

    private void EndEvent()
    {
        if (_event.IsComplete)
        {
            IsComplete |= !_event.IsObject;
            _events += _event.IsObject ? 1 : 0;
            Usage = _event.Usage ?? Usage;
            Model = _event.Model is { Length: > 0 } model ? model : Model;
        }

        _event.Reset();
    }
}
