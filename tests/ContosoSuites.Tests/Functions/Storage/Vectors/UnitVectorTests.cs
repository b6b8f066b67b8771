using ContosoSuites.Functions.Storage.Vectors;
using Xunit;

namespace ContosoSuites.Tests.Functions.Storage.Vectors;

public sealed class UnitVectorTests
{
    [Theory]
    [InlineData(3f, 4f, 0.6f, 0.8f)]
    [InlineData(-3f, 4f, -0.6f, 0.8f)]
    [InlineData(-3f, -4f, -0.6f, -0.8f)]
    [InlineData(0f, -1e-45f, 0f, -1f)]
    [InlineData(3e38f, 0f, 1f, 0f)]
    [InlineData(3e38f, -3e38f, 0.70710677f, -0.70710677f)]
    [InlineData(3e-40f, 4e-40f, 0.6f, 0.8f)]
    public void Keeps_the_direction_at_length_one(float x, float y, float unitX, float unitY)
    {
        var unit = new float[2];

        UnitVector.Write([x, y], unit);

        Assert.Equal(unitX, unit[0], 1e-4f);
        Assert.Equal(unitY, unit[1], 1e-4f);
    }
}
