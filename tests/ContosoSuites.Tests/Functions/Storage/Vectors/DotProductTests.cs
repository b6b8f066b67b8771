using ContosoSuites.Functions.Storage.Vectors;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Vectors;

public sealed class DotProductTests
{
    [Fact]
    public void Takes_in_every_number_of_vectors_of_any_length()
    {
        var random = new Random(11);
        for (int length = 0; length <= 300; length++)
        {
            // Whole numbers this small are added without rounding, in whatever order.
            float[] x = [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-50, 51))];
            float[] y = [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-50, 51))];

            Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), DotProduct.Of(x, y));
        }
    }

    [Fact]
    public void Refuses_vectors_of_different_lengths() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DotProduct.Of([1, 2], [1]));
}
