using System.Globalization;
using ContosoSuites.Functions.Storage.Vectors;

namespace ContosoSuites.Bench.Vectors;

/// <summary>Vectors of numbers from -0.5 to 0.5, the same for the same seed. An own generator: Random with a seed takes longer than all that is measured.</summary>
internal sealed class RandomVectors(int dimension, uint seed)
{
    private const int Batch = 500;

    private uint _state = seed;

    /// <summary>The next one.</summary>
    public float[] Next()
    {
        var vector = new float[dimension];
        Write(vector);
        return vector;
    }

    /// <summary>Adds vectors to an index until it has so many. Nothing else keeps them.</summary>
    public void Fill(VectorIndex index, int count)
    {
        float[][] buffers = [.. Enumerable.Range(0, Batch).Select(_ => new float[dimension])];
        for (int i = index.Count; i < count; i += Batch)
        {
            foreach (float[] buffer in buffers)
            {
                Write(buffer);
            }

            index.Apply([.. buffers.Select((buffer, n) => new VectorChange((i + n).ToString("D12", CultureInfo.InvariantCulture), buffer))]);
        }
    }

    private void Write(float[] vector)
    {
        // Marsaglia's xorshift.
        uint x = _state;
        for (int i = 0; i < vector.Length; i++)
        {
            x ^= x << 13;
            x ^= x >> 17;
            x ^= x << 5;
            vector[i] = (x * (1f / uint.MaxValue)) - 0.5f;
        }

        _state = x;
    }
}
