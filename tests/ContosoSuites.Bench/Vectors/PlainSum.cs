using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ContosoSuites.Functions.Storage.Vectors;

namespace ContosoSuites.Bench.Vectors;

/// <summary>The sum of all numbers of an index, with as many threads as a search has: what the memory's bandwidth allows.</summary>
internal static class PlainSum
{
    public static float Of(VectorSnapshot snapshot, int dimension)
    {
        int rowsPerChunk = snapshot.Chunks[0].Ids.Length;
        int nextChunk = -1;
        float total = 0;
        var gate = new Lock();
        int threads = VectorIndex.ThreadsFor(snapshot.Count, dimension);
        if (threads == 1)
        {
            return SumChunks();
        }

        Parallel.For(0, threads, _ =>
        {
            float sum = SumChunks();
            lock (gate)
            {
                total += sum;
            }
        });
        return total;

        float SumChunks()
        {
            float sum = 0;
            for (int i; (i = Interlocked.Increment(ref nextChunk)) < snapshot.Chunks.Length;)
            {
                int rows = Math.Min(rowsPerChunk, snapshot.Count - (i * rowsPerChunk));
                sum += TensorPrimitives.Sum(MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetReference(snapshot.Chunks[i].Row(0)), rows * dimension));
            }

            return sum;
        }
    }
}
