using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContosoSuites.Local.Models.Http;

/// <summary>A JSON writer over a buffer of its own, kept in a pool and used again.</summary>
internal sealed class JsonBuffer : IDisposable
{
    // A huge answer must not keep its memory in the pool for ever.
    private const int LargestKept = 256 * 1024;

    // Everything here is read by programs, never put into a page: accents and emoji may stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    public JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>Whether it is small enough to be worth keeping.</summary>
    public bool IsWorthKeeping => _bytes.Capacity <= LargestKept;

    /// <summary>Ends the document and gives its bytes, valid until the buffer is cleared.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Writer.Flush();
        return _bytes.WrittenMemory;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset();
    }

    public void Dispose() => Writer.Dispose();
}
