using System.Runtime.InteropServices;

namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>A hash that is the same in every process and on every machine, as stored vectors need it to be.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hashes a text together with a seed that keeps kinds of features apart.</summary>
    public static ulong Of(ReadOnlySpan<char> text, ulong seed)
    {
        ulong hash = Offset ^ (seed * Prime);
        foreach (ushort unit in MemoryMarshal.Cast<char, ushort>(text))
        {
            hash = (hash ^ unit) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>Hashes two hashes in their order.</summary>
    public static ulong Of(ulong first, ulong second) => Mix((first * Prime) ^ second);

    /// <summary>Spreads the last characters over all bits: multiplying alone leaves the low ones poor.</summary>
    private static ulong Mix(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        hash ^= hash >> 32;
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
