using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class HtmlWriterTests
{
    [Fact]
    public void Writes_literals_as_markup_and_values_encoded()
    {
        var html = new HtmlWriter();
        string name = "<b a='1' b=\"2\">&";

        html.Write($"<p title=\"{name}\">{name}</p>");

        Assert.Equal("<p title=\"&lt;b a=&#x27;1&#x27; b=&quot;2&quot;&gt;&amp;\">&lt;b a=&#x27;1&#x27; b=&quot;2&quot;&gt;&amp;</p>", html.ToString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(12.34567, "12.346")]
    [InlineData(-8, "-8")]
    [InlineData(1e-9, "0")]
    [InlineData(123456789, "123456789")]
    public void Writes_coordinates_in_short(double coordinate, string expected)
    {
        var html = new HtmlWriter();

        html.Write($"{coordinate}");

        Assert.Equal(expected, html.ToString());
    }

    [Fact]
    public void Writes_nothing_for_no_text()
    {
        var html = new HtmlWriter();

        html.Write($"<p>{(string?)null}{""}</p>");

        Assert.Equal("<p></p>", html.ToString());
    }
}
