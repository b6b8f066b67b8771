using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class SpokenDatesTests
{
    private const string Sunday = "You help. Today is 2026-11-22.";

    [Theory]
    [InlineData("after 1 March", "after 2027-03-01")]
    [InlineData("after the 1st of March", "after the 2027-03-01")]
    [InlineData("March 1st, 2028", "2028-03-01")]
    [InlineData("March 3", "2027-03-03")]
    [InlineData("22 November", "2026-11-22")]
    [InlineData("21 Nov", "2027-11-21")]
    [InlineData("29 February", "29 February")]
    [InlineData("29 February 2027", "29 February 2027")]
    [InlineData("31 April", "31 April")]
    [InlineData("1 MAY 2020", "2020-05-01")]
    [InlineData("from 1 March to 3 April 2027", "from 2027-03-01 to 2027-04-03")]
    [InlineData("since 2026-06-15", "since 2026-06-15")]
    [InlineData("marching 3 maybe 4", "marching 3 maybe 4")]
    public void Dates_are_rewritten(string text, string expected) => Assert.Equal(expected, SpokenDates.Rewrite(text, Sunday));

    [Theory]
    [InlineData("Today is a fine day.")]
    [InlineData("Today is 2026-13-40.")]
    public void A_date_without_a_year_needs_a_today(string systemText)
    {
        Assert.Equal("1 March", SpokenDates.Rewrite("1 March", systemText));
        Assert.Equal("2027-03-01", SpokenDates.Rewrite("1 March 2027", systemText));
    }
}
