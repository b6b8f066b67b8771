using System.Numerics.Tensors;

namespace ContosoSuites.Functions.Storage.Vectors;

/// <summary>Scales vectors to length 1, so that their dot product is the cosine of the angle between them.</summary>
internal static class UnitVector
{
    /// <summary>Writes the unit vector of a vector that has a direction.</summary>
    public static void Write(ReadOnlySpan<float> vector, Span<float> unit)
    {
        // By the largest number first: squares of very large or very small numbers do not fit a float.
        TensorPrimitives.Divide(vector, Math.Abs(TensorPrimitives.MaxMagnitude(vector)), unit);
        TensorPrimitives.Divide(unit, TensorPrimitives.Norm(unit), unit);
    }
}
