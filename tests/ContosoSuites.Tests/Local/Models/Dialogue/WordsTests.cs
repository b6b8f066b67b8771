using ContosoSuites.Local.Models.Dialogue;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Dialogue;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Hotels_get_bookings", "book,hotel")]
    [InlineData("getBookingsForHotel", "book,hotel")]
    [InlineData("save_maintenance_request", "maintenance,request,save")]
    [InlineData("Which hotels have bookings?", "book,hotel")]
    [InlineData("HTTPServer2", "2,http,server")]
    [InlineData("How are you?", "")]
    public void Words_are_those_that_mean_something(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Words.Of(text).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("cities", "city")]
    [InlineData("class", "class")]
    [InlineData("booked", "book")]
    [InlineData("bed", "bed")]
    public void Endings_come_off(string word, string stem) => Assert.Equal(stem, Words.Stem(word));
}
