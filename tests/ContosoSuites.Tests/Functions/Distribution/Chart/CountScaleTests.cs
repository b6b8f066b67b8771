using ContosoSuites.Functions.Distribution.Chart;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class CountScaleTests
{
    [Theory]
    [InlineData(0, 4, new long[] { 0, 1 })]
    [InlineData(1, 4, new long[] { 0, 1 })]
    [InlineData(4, 4, new long[] { 0, 1, 2, 3, 4 })]
    [InlineData(5, 4, new long[] { 0, 2, 4, 6 })]
    [InlineData(17, 4, new long[] { 0, 5, 10, 15, 20 })]
    [InlineData(1388, 4, new long[] { 0, 500, 1000, 1500 })]
    [InlineData(384, 1, new long[] { 0, 500 })]
    public void Has_ticks_at_round_counts(long highest, int ticks, long[] expected) =>
        Assert.Equal(expected, CountScale.For(highest, ticks).Ticks());

    [Fact]
    public void Holds_the_highest_count_with_few_ticks_and_no_more_room_than_a_step()
    {
        Gen<(long, int)> cases = from size in Gen.Choose(1, 15)
                                 from digits in Gen.Choose(1, 999_999_999)
                                 from ticks in Gen.Choose(1, 10)
                                 select ((long)(digits / 1e9 * Math.Pow(10, size)), ticks);
        Prop.ForAll(Arb.From(cases), c =>
        {
            (long highest, int ticks) = c;
            CountScale scale = CountScale.For(highest, ticks);
            Assert.InRange(highest, scale.Max == scale.Step ? 0 : scale.Max - scale.Step + 1, scale.Max);
            Assert.InRange(scale.Ticks().Count(), 2, ticks + 1);
            Assert.Matches("^[125]0*$", $"{scale.Step}");
            Assert.Equal(0, scale.Position(0));
            Assert.Equal(1, scale.Position(scale.Max));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20, 41));
    }
}
