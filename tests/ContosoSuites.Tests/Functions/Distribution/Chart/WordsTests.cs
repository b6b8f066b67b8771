using System.Globalization;
using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(9_999, "9,999", "9,999")]
    [InlineData(12_000, "12,000", "12k")]
    [InlineData(1_250_000, "1,250,000", "1.3M")]
    [InlineData(2_000_000_000_000, "2,000,000,000,000", "2,000G")]
    public void Counts(long count, string full, string shortened)
    {
        Assert.Equal(full, Words.Count(count));
        Assert.Equal(shortened, Words.ShortCount(count));
    }

    [Theory]
    [InlineData(5, "5 minutes")]
    [InlineData(1, "1 minute")]
    [InlineData(0, "0 minutes")]
    [InlineData(60, "1 hour")]
    [InlineData(90, "90 minutes")]
    [InlineData(1440, "1 day")]
    [InlineData(10080, "7 days")]
    public void Durations(int minutes, string expected) => Assert.Equal(expected, Words.Duration(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(null, "–")]
    [InlineData("0", "$0.00")]
    [InlineData("0.00009", "below $0.0001")]
    [InlineData("0.0001", "$0.0001")]
    [InlineData("0.1", "$0.10")]
    [InlineData("0.12345", "$0.1235")]
    [InlineData("0.99999", "$1.00")]
    [InlineData("12345.678", "$12,345.68")]
    public void Dollars(string? amount, string expected) =>
        Assert.Equal(expected, Words.Dollars(amount is null ? null : decimal.Parse(amount, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(12.34567, "12.346")]
    [InlineData(-8, "-8")]
    [InlineData(1e-9, "0")]
    [InlineData(123456789, "123456789")]
    public void Numbers_within_the_markup(double number, string expected) => Assert.Equal(expected, Words.Number(number));

    [Fact]
    public void Shares_and_deviations()
    {
        Assert.Equal("48.7\u00A0%", Words.Percent(0.4871));
        Assert.Equal("–", Words.Percent(null));
        Assert.Equal(["+1.3 points", "-20 points", "0 points"], new[] { 0.013, -0.2, 0.0001 }.Select(Words.Points));
    }

    [Fact]
    public void Times_are_utc_whatever_their_offset_and_the_language_of_the_server()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("fa-IR");
        try
        {
            var time = new DateTimeOffset(2026, 11, 23, 1, 30, 0, TimeSpan.FromHours(2));
            Assert.Equal("22 Nov 2026, 23:30", Words.Moment(time));
            Assert.Equal("22 Nov 2026, 23:30 to 23:45", Words.Range(time, time.AddMinutes(15)));
            Assert.Equal("22 Nov 2026, 23:30 to 23 Nov 2026, 00:30", Words.Range(time, time.AddHours(1)));
            Assert.Equal("1,234", Words.Count(1234));
            Assert.Equal("-12.5", Words.Number(-12.5));
            Assert.Equal("12.5\u00A0%", Words.Percent(0.125));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
