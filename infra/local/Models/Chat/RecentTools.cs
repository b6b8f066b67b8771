using System.Runtime.InteropServices;
using System.Text.Json;

namespace ContosoSuites.Local.Models.Chat;

/// <summary>
/// Keeps what was read of the functions that recent requests offered. An application offers the same ones with every request,
/// and to read them takes longer than to answer.
/// </summary>
internal sealed class RecentTools
{
    private const int MostKept = 16;
    private const int LongestKept = 65_536;

    private volatile Entry[] _kept = [];

    /// <summary>Reads the field <c>tools</c>, or knows it already.</summary>
    /// <exception cref="Http.ModelRequestException">It is not as it should be.</exception>
    public OfferedTools Read(JsonElement tools)
    {
        ReadOnlySpan<byte> json = JsonMarshal.GetRawUtf8Value(tools);
        Entry[] kept = _kept;
        foreach (Entry entry in kept)
        {
            if (json.SequenceEqual(entry.Json))
            {
                return entry.Tools;
            }
        }

        var read = OfferedTools.Read(tools);
        if (json.Length <= LongestKept)
        {
            // Two requests at once may each forget what the other adds; it is read again then.
            _kept = [new Entry(json.ToArray(), read), .. kept.Take(MostKept - 1)];
        }

        return read;
    }

    private sealed record Entry(byte[] Json, OfferedTools Tools);
}
