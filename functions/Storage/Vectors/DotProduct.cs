using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>The dot product of two vectors, as fast as memory brings them.</summary>
/// <remarks>
/// <see cref="TensorPrimitives.Dot{T}(ReadOnlySpan{T}, ReadOnlySpan{T})"/> adds everything to one sum, so each addition waits for
/// the one before (https://github.com/dotnet/runtime/pull/134327), and where memory is fast it is that which limits a search. Four
/// sums do not wait for each other.
/// </remarks>
internal static class DotProduct
{
    private const int Sums = 4;

    /// <summary>The sum of the products of the numbers at the same places.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The vectors are not of the same length.</exception>
    public static float Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref float first = ref MemoryMarshal.GetReference(x);
        ref float second = ref MemoryMarshal.GetReference(y);
        Vector<float> a = default, b = default, c = default, d = default;
        int step = Sums * Vector<float>.Count;
        int whole = x.Length - (x.Length % step);
        for (int i = 0; i < whole; i += step)
        {
            a = AddProducts(ref first, ref second, i, a);
            b = AddProducts(ref first, ref second, i + Vector<float>.Count, b);
            c = AddProducts(ref first, ref second, i + (2 * Vector<float>.Count), c);
            d = AddProducts(ref first, ref second, i + (3 * Vector<float>.Count), d);
        }

        return Vector.Sum(a + b + (c + d)) + TensorPrimitives.Dot(x[whole..], y[whole..]);
    }

    private static Vector<float> AddProducts(ref float first, ref float second, int place, Vector<float> sum) =>
        Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref first, (nuint)place), Vector.LoadUnsafe(ref second, (nuint)place), sum);
}
