using System.Buffers;

namespace ContosoSuites.Local.Gateway.Records;

/// <summary>The bodies of a request and its response, kept for the log while they pass.</summary>
internal sealed class LoggedBodies
{
    // API Management keeps no more of either.
    private const int Limit = 2 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _response = new();

    /// <summary>The request's body.</summary>
    public ReadOnlyMemory<byte> Request { get; set; }

    /// <summary>The Content-Encoding of the response's body; empty for none.</summary>
    public string ResponseCodings { get; set; } = "";

    /// <summary>The response's body so far, as it passed.</summary>
    public ReadOnlyMemory<byte> Response => _response.WrittenMemory;

    /// <summary>Keeps a piece of the response, up to the limit.</summary>
    public void AddToResponse(ReadOnlySpan<byte> piece) => _response.Write(piece[..Math.Min(piece.Length, Limit - _response.WrittenCount)]);
}
