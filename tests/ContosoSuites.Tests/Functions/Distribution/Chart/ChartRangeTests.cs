using ContosoSuites.Functions.Distribution.Chart;
using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class ChartRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 57, 20, TimeSpan.Zero);

    [Theory]
    [InlineData("", 24, 5, "P1D")]
    [InlineData("?last=PT1H", 1, 1, "PT1H")]
    [InlineData("?last=P1D", 24, 5, "P1D")]
    [InlineData("?last=P7D", 168, 60, "P7D")]
    [InlineData("?from=2026-11-22T12:00Z", 6, 5, null)]
    [InlineData("?bin=PT1H", 25, 60, null)]
    public void Reaches_up_to_now_and_moves_on(string query, int hours, int binMinutes, string? last)
    {
        ChartRange range = ChartRange.Read(Query(query), Now);

        Assert.True(range.MovesOn);
        Assert.Equal(last, range.Last);
        Assert.Equal(TimeSpan.FromMinutes(binMinutes), range.Range.Bin);
        Assert.InRange(Now, range.Range.To - range.Range.Bin, range.Range.To);
        Assert.InRange(range.Range.To - range.Range.From, TimeSpan.FromHours(hours), TimeSpan.FromHours(hours) + range.Range.Bin);
    }

    [Fact]
    public void Stays_where_an_end_is_given()
    {
        ChartRange range = ChartRange.Read(Query("?from=2026-11-20&to=2026-11-21&bin=PT30M"), Now);

        Assert.False(range.MovesOn);
        Assert.Null(range.Last);
        Assert.Equal(48, range.Range.Bins);
    }

    [Theory]
    [InlineData("?last=P2D", "one of PT1H, P1D, P7D")]
    [InlineData("?last=P1D&from=2026-11-20", "either last, or from, to, bin")]
    [InlineData("?from=2026-11-23", "from")]
    public void Refuses_what_makes_no_range(string query, string advice)
    {
        var refused = Assert.Throws<InvalidRequestException>(() => ChartRange.Read(Query(query), Now));

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_keep_the_function_key_and_nothing_of_the_range()
    {
        IQueryCollection query = Query("?code=a%2Bb%26c%3D%3D&From=2026-11-20&to=2026-11-21&bin=PT1H");

        IReadOnlyList<RangeLink> links = ChartRange.Links(query, ChartRange.Read(query, Now).Last);

        Assert.Equal(["PT1H", "P1D", "P7D"], links.Select(link => QueryHelpers.ParseQuery(link.Address)["last"].ToString()));
        Every.One(links, link =>
        {
            Assert.Equal(["code", "last"], QueryHelpers.ParseQuery(link.Address).Keys);
            Assert.Equal("a+b&c==", QueryHelpers.ParseQuery(link.Address)["code"]);
            Assert.False(link.IsCurrent);
        });
    }

    [Fact]
    public void Marks_the_current_link() =>
        Assert.Equal([false, false, true], ChartRange.Links(Query("?last=P7D"), ChartRange.Read(Query("?last=P7D"), Now).Last).Select(link => link.IsCurrent));

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));
}
