using System.IO.Compression;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>Unpacks what a backend has compressed for its caller, for those who read along.</summary>
internal static class ContentCodings
{
    /// <summary>Reads <paramref name="packed"/> as it was before; null for a coding that is not known.</summary>
    /// <param name="codings">The value of Content-Encoding: the codings in the order in which they were applied.</param>
    /// <param name="packed">The bytes that pass.</param>
    public static Stream? TryUnpack(string codings, Stream packed)
    {
        Stream? stream = packed;
        foreach (var coding in codings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            stream = stream is null ? null : coding.ToUpperInvariant() switch
            {
                "IDENTITY" => stream,
                "GZIP" or "X-GZIP" => new GZipStream(stream, CompressionMode.Decompress),
                "DEFLATE" => new ZLibStream(stream, CompressionMode.Decompress),
                "BR" => new BrotliStream(stream, CompressionMode.Decompress),
                _ => null,
            };
        }

        return stream;
    }
}
