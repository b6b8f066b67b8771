using ContosoSuites.Local.Models.Limits;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Limits;

public sealed class TokenCounterTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("   \n", 0)]
    [InlineData("hotel", 1)]
    [InlineData("television", 2)]
    [InlineData("A leak, under the sink.", 7)]
    [InlineData("room 303", 2)]
    public void A_text_costs_by_the_rule(string text, int tokens) => Assert.Equal(tokens, TokenCounter.Count(text));

    [Theory]
    [InlineData("one two three", 2, "one two ")]
    [InlineData("television", 1, "televi")]
    [InlineData("short", 5, "short")]
    [InlineData("😀", 1, "")]
    public void A_truncated_text_stays_within_its_tokens(string text, int tokens, string kept)
    {
        string truncated = TokenCounter.Truncate(text, tokens);

        Assert.Equal(kept, truncated);
        Assert.True(TokenCounter.Count(truncated) <= tokens);
    }
}
