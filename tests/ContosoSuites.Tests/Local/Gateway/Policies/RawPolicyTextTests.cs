using ContosoSuites.Local.Gateway.Policies;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

public sealed class RawPolicyTextTests
{
    [Theory]
    [InlineData("""<a b="@(x["c"] < 1 && y > 2)" />""", """<a b="@(x[&quot;c&quot;] &lt; 1 &amp;&amp; y &gt; 2)" />""")]
    [InlineData(""""<a b='@(f(')', "(", @"""(", $"{x["("]}"))' c="d" />"""", """<a b='@(f(&apos;)&apos;, &quot;(&quot;, @&quot;&quot;&quot;(&quot;, $&quot;{x[&quot;(&quot;]}&quot;))' c="d" />""")]
    [InlineData("<a>\n  @{ // a ) and a }\n /* } */ return new List<int>(); }\n</a>", "<a>\n  @{ // a ) and a }\n /* } */ return new List&lt;int&gt;(); }\n</a>")]
    [InlineData("""<a b="@(1 &lt; 2 &amp;&amp; x < 3)" />""", """<a b="@(1 &lt; 2 &amp;&amp; x &lt; 3)" />""")]
    [InlineData("""<!-- "@("a" < 1)" --><a b="mail@(home)" c="@" />""", """<!-- "@("a" < 1)" --><a b="mail@(home)" c="@" />""")]
    [InlineData("""<a b="@(never < closed" /><c />""", """<a b="@(never &lt; closed&quot; /&gt;&lt;c /&gt;""")]
    [InlineData("<a><!-- never closed @(\"", "<a><!-- never closed @(\"")]
    public void Expressions_are_escaped_and_nothing_else(string raw, string expected) => Assert.Equal(expected, RawPolicyText.ToXml(raw));
}
