using System.Runtime.InteropServices;

namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>
/// A fixed number of vectors in one piece of memory. A row that a reader may be looking at is never written again; whoever
/// needs it changed makes a copy of the chunk.
/// </summary>
internal sealed class VectorChunk
{
    private const int Alignment = 64;

    private readonly float[] _memory;
    private readonly int _start;
    private readonly int _dimension;
    private readonly string[] _ids;
    private int _publishedRows;

    /// <summary>Creates an empty chunk.</summary>
    public VectorChunk(int rows, int dimension)
    {
        // Pinned, so that it stays aligned to cache lines: a vector load that straddles two of them costs twice.
        const int Slack = Alignment / sizeof(float);
        _memory = GC.AllocateUninitializedArray<float>((rows * dimension) + Slack, pinned: true);
        _start = FirstAligned(_memory);
        _dimension = dimension;
        _ids = new string[rows];
    }

    /// <summary>The ids of the rows.</summary>
    public ReadOnlySpan<string> Ids => _ids;

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Numbers(row);

    /// <summary>Whether a row may be written: no reader has been given it.</summary>
    public bool IsWritable(int row) => row >= _publishedRows;

    /// <summary>From now on, readers may look at the first <paramref name="rows"/> rows.</summary>
    public void Publish(int rows) => _publishedRows = Math.Max(_publishedRows, rows);

    /// <summary>Gives a row its id, and its numbers to be written.</summary>
    public Span<float> Write(int row, string id)
    {
        _ids[row] = id;
        return Numbers(row);
    }

    /// <summary>A copy that no reader has been given.</summary>
    public VectorChunk Copy()
    {
        var copy = new VectorChunk(_ids.Length, _dimension);
        _ids.CopyTo(copy._ids, 0);
        _memory.AsSpan(_start, _ids.Length * _dimension).CopyTo(copy._memory.AsSpan(copy._start));
        return copy;
    }

    private Span<float> Numbers(int row) => _memory.AsSpan(_start + (row * _dimension), _dimension);

    private static int FirstAligned(float[] pinned) =>
        (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) & (Alignment - 1)) / sizeof(float);
}
