using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// Finds <c>usage</c> and <c>model</c> in a JSON object that passes by in pieces, cut anywhere. It counts brackets and skips
/// strings, as many bytes at a time as the processor compares at once, so a megabyte of embeddings costs next to nothing, and
/// keeps only the two values. It judges nothing else: a body that is no JSON has no usage.
/// </summary>
internal sealed class ModelAnswerScanner
{
    // Far above what a usage or a model's name takes. A longer value is none of those.
    private const int LongestValue = 4096;

    private static readonly SearchValues<byte> InString = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> InObject = SearchValues.Create("\"{}[]:,"u8);
    private static readonly SearchValues<byte> Below = SearchValues.Create("\"{}[]"u8);

    private readonly ArrayBufferWriter<byte> _value = new();
    private int _depth;
    private bool _isObject;
    private bool _inString;
    private bool _escaped;
    private bool _nameIsNext;
    private Kept _keeping;
    private Kept _member;

    private enum Kept
    {
        Nothing,
        Name,
        Model,
        Usage,
    }

    /// <summary>The usage, once its object has been closed; null until then, or when it can not be read.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>The model's name; null when there is none.</summary>
    public string? Model { get; private set; }

    /// <summary>Whether what is read is an object.</summary>
    public bool IsObject => _isObject;

    /// <summary>Whether the document has been read to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        _value.ResetWrittenCount();
        _depth = 0;
        _isObject = _inString = _escaped = _nameIsNext = false;
        _keeping = _member = Kept.Nothing;
        Usage = null;
        Model = null;
        IsComplete = false;
    }

    /// <summary>Goes on with the next piece.</summary>
    public void Scan(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !IsComplete)
        {
            var length = _inString ? ScanString(piece) : ScanOutside(piece);
            piece = piece[length..];
        }
    }

    // To the end of the string, or to the next escape, or through the piece.
    private int ScanString(ReadOnlySpan<byte> piece)
    {
        if (_escaped)
        {
            _escaped = false;
            Keep(piece[..1]);
            return 1;
        }

        var at = piece.IndexOfAny(InString);
        if (at < 0)
        {
            Keep(piece);
            return piece.Length;
        }

        Keep(piece[..(at + 1)]);
        if (piece[at] == '\\')
        {
            _escaped = true;
            return at + 1;
        }

        _inString = false;
        if (_keeping is Kept.Name or Kept.Model)
        {
            EndString();
        }

        return at + 1;
    }

    // To the next byte that says something about the structure, and that byte.
    private int ScanOutside(ReadOnlySpan<byte> piece)
    {
        var at = piece.IndexOfAny(_depth == 1 ? InObject : Below);
        if (at < 0)
        {
            Keep(piece);
            return piece.Length;
        }

        var keeping = _keeping;
        switch (piece[at])
        {
            case (byte)'"':
                BeginString();
                break;
            case (byte)'{' or (byte)'[':
                Open(piece[at] == '{');
                break;
            case (byte)':':
                _nameIsNext = false;
                break;
            case (byte)',':
                _nameIsNext = _isObject;
                _member = Kept.Nothing;
                break;
            default:
                Keep(piece[..(at + 1)]);
                Close();
                return at + 1;
        }

        // What is only kept from here on begins with this byte.
        Keep(keeping == _keeping ? piece[..(at + 1)] : piece.Slice(at, 1));
        return at + 1;
    }

    private void BeginString()
    {
        _inString = true;
        if (_depth == 1 && _keeping == Kept.Nothing && (_nameIsNext || _member == Kept.Model))
        {
            BeginValue(_nameIsNext ? Kept.Name : Kept.Model);
        }
    }

    private void EndString()
    {
        var text = _value.WrittenSpan;
        if (_keeping == Kept.Name)
        {
            _member = text.SequenceEqual("\"usage\""u8) ? Kept.Usage : text.SequenceEqual("\"model\""u8) ? Kept.Model : Kept.Nothing;
        }
        else
        {
            Model = Read(text, TokenUsageJsonContext.Default.String);
        }

        _keeping = Kept.Nothing;
    }

    private void Open(bool isObject)
    {
        if (_depth == 0)
        {
            _isObject = _nameIsNext = isObject;
        }
        else if (_depth == 1 && isObject && _member == Kept.Usage)
        {
            BeginValue(Kept.Usage);
        }

        _depth++;
    }

    private void Close()
    {
        _depth--;
        if (_depth == 1 && _keeping == Kept.Usage)
        {
            Usage = Read(_value.WrittenSpan, TokenUsageJsonContext.Default.TokenUsage) is { IsSound: true } usage ? usage : null;
            _keeping = Kept.Nothing;
        }

        IsComplete = _depth <= 0;
    }

    private void BeginValue(Kept value)
    {
        _value.ResetWrittenCount();
        _keeping = value;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_keeping == Kept.Nothing)
        {
            return;
        }

        if (_value.WrittenCount + bytes.Length > LongestValue)
        {
            _keeping = Kept.Nothing;
            return;
        }

        _value.Write(bytes);
    }

    private static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
