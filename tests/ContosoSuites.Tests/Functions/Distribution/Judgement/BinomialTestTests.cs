using ContosoSuites.Functions.Distribution.Judgement;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Judgement;

public sealed class BinomialTestTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20270301UL, 5UL);

    private static readonly Gen<(int Count, int Trials, double Probability)> Cases =
        from trials in Gen.Choose(1, 400)
        from count in Gen.Choose(0, trials)
        from percent in Gen.Choose(1, 99)
        select (count, trials, percent / 100.0);

    [Fact]
    public void Is_what_adding_the_probabilities_up_gives() => Check.One(Seeded, Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        double[] probabilities = Probabilities(c.Trials, c.Probability);
        double below = probabilities.Take(c.Count + 1).Sum();
        double above = probabilities.Skip(c.Count).Sum();

        AssertClose(Math.Min(1, 2 * Math.Min(below, above)), BinomialTest.TwoSided(c.Count, c.Trials, c.Probability));
    }));

    [Fact]
    public void Does_not_care_which_side_is_counted() => Check.One(Seeded, Prop.ForAll(Cases.ToArbitrary(), c => AssertClose(
        BinomialTest.TwoSided(c.Count, c.Trials, c.Probability),
        BinomialTest.TwoSided(c.Trials - c.Count, c.Trials, 1 - c.Probability))));

    [Fact]
    public void Grows_less_the_further_out_the_count_is() => Check.One(Seeded, Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        double[] chances = [.. Enumerable.Range(0, c.Trials + 1).Select(count => BinomialTest.TwoSided(count, c.Trials, c.Probability))];
        Every.One(chances, chance => Assert.InRange(chance, 0, 1));

        double mean = c.Trials * c.Probability;
        for (int count = 1; count <= c.Trials; count++)
        {
            bool towardTheMean = count <= mean;
            bool away = count - 1 >= mean;
            Assert.True(!towardTheMean || chances[count] >= chances[count - 1] * (1 - 1e-9), $"{count - 1} to {count}");
            Assert.True(!away || chances[count] <= chances[count - 1] * (1 + 1e-9), $"{count - 1} to {count}");
        }
    }));

    [Fact]
    public void The_same_share_is_less_likely_chance_with_more_requests()
    {
        double[] chances = [.. new long[] { 20, 200, 2_000, 20_000, 200_000 }.Select(trials => BinomialTest.TwoSided(trials * 9 / 20, trials, 0.5))];

        Assert.Equal(chances.OrderDescending(), chances);
        Assert.Equal(chances.Length, chances.Distinct().Count());
    }

    [Theory]
    // From the normal distribution, which a million tosses are as good as: 2, 3.2905 and 5 standard deviations of 500.
    [InlineData(501_000, 0.0455003)]
    [InlineData(498_355, 0.0010000)]
    [InlineData(502_500, 0.000000573303)]
    public void Works_for_a_million_requests(long count, double expected)
    {
        double chance = BinomialTest.TwoSided(count, 1_000_000, 0.5);

        Assert.InRange(chance, expected * 0.99, expected * 1.01);
    }

    [Theory]
    [InlineData(0, 1_000_000, 0.5)]
    [InlineData(1_000_000, 1_000_000, 0.5)]
    [InlineData(0, 1_000_000_000, 0.01)]
    public void What_can_not_be_chance_is_nothing_and_no_error(long count, long trials, double probability) =>
        Assert.Equal(0, BinomialTest.TwoSided(count, trials, probability));

    [Theory]
    [InlineData(0, 10, 0, 1)]
    [InlineData(1, 10, 0, 0)]
    [InlineData(10, 10, 1, 1)]
    [InlineData(9, 10, 1, 0)]
    [InlineData(0, 0, 0.5, 1)]
    public void Certainty_is_not_chance(long count, long trials, double probability, double expected) =>
        Assert.Equal(expected, BinomialTest.TwoSided(count, trials, probability));

    [Fact]
    public void Factorials_are_the_same_on_both_sides_of_the_series_begin()
    {
        double logarithm = 0;
        for (int n = 1; n <= 300; n++)
        {
            logarithm += Math.Log(n);
            Assert.InRange(LogFactorial.Of(n), logarithm - 1e-11, logarithm + 1e-11);
        }
    }

    /// <summary>The distribution by Pascal's rule: one trial after the other.</summary>
    private static double[] Probabilities(int trials, double probability)
    {
        var current = new double[trials + 1];
        current[0] = 1;
        for (int trial = 1; trial <= trials; trial++)
        {
            for (int count = trial; count >= 0; count--)
            {
                current[count] = (current[count] * (1 - probability)) + (count > 0 ? current[count - 1] * probability : 0);
            }
        }

        return current;
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-300 + (1e-9 * expected), $"{expected:R} is not {actual:R}");
}
