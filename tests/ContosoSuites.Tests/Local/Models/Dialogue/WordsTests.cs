using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Hotels_get_bookings", "booking,hotel")]
    [InlineData("getBookingsForHotel", "booking,hotel")]
    [InlineData("save_maintenance_request", "maintenance,request,save")]
    [InlineData("Which hotels have bookings?", "booking,hotel")]
    [InlineData("HTTPServer2", "2,http,server")]
    [InlineData("How are you?", "")]
    public void Words_are_those_that_mean_something(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Words.Of(text).Order(StringComparer.Ordinal)));

    [Fact]
    public void A_phrase_is_found_between_whole_words() => Assert.Contains(Words.Plain("Cape Town"), Words.Plain("Hotels in cape town?"), StringComparison.Ordinal);
}
