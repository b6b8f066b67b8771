using ContosoSuites.Local.Models.Dialogue.Text;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue.Text;

public sealed class SpokenDatesTests
{
    private static readonly DateOnly Sunday = new(2026, 11, 22);

    [Theory]
    [InlineData("after 1 March", "after 2027-03-01")]
    [InlineData("after the 1st of March", "after the 2027-03-01")]
    [InlineData("March 1st, 2028", "2028-03-01")]
    [InlineData("March 3", "2027-03-03")]
    [InlineData("22 November", "2026-11-22")]
    [InlineData("21 Nov", "2027-11-21")]
    [InlineData("29 February", "2028-02-29")]
    [InlineData("29 February 2027", "29 February 2027")]
    [InlineData("31 April", "31 April")]
    [InlineData("1 MAY 2020", "2020-05-01")]
    [InlineData("from 1 March to 3 April 2027", "from 2027-03-01 to 2027-04-03")]
    [InlineData("tomorrow or next week or next month or today", "2026-11-23 or 2026-11-23 or 2026-12-01 or 2026-11-22")]
    [InlineData("since 2026-06-15", "since 2026-06-15")]
    [InlineData("marching 3 maybe 4", "marching 3 maybe 4")]
    public void Dates_are_rewritten(string text, string expected) => Assert.Equal(expected, SpokenDates.Rewrite(text, Sunday));

    [Fact]
    public void A_date_without_a_year_needs_a_today()
    {
        Assert.Equal("1 March", SpokenDates.Rewrite("1 March", null));
        Assert.Equal("2027-03-01", SpokenDates.Rewrite("1 March 2027", null));
    }

    [Theory]
    [InlineData("You help. Today is 2026-11-22.", "2026-11-22")]
    [InlineData("Today is a fine day.", null)]
    [InlineData("Today is 2026-13-40.", null)]
    public void Today_is_what_the_application_says(string systemText, string? expected) =>
        Assert.Equal(expected, SpokenDates.Today(systemText)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}
