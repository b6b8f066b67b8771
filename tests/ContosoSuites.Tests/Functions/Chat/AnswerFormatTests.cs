using ContosoSuites.Functions.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ContosoSuites.Tests.Functions.Chat;

/// <summary>Accept decides the form of the answer.</summary>
public sealed class AnswerFormatTests
{
    [Theory]
    [InlineData(null, "Text")]
    [InlineData("*/*", "Text")]
    [InlineData("text/plain", "Text")]
    [InlineData("application/json", "Json")]
    [InlineData("APPLICATION/JSON; charset=utf-8", "Json")]
    [InlineData("text/event-stream", "EventStream")]
    [InlineData("text/html, application/json;q=0.9, */*;q=0.8", "Json")]
    [InlineData("application/json;q=0.1, text/event-stream;q=0.9", "EventStream")]
    [InlineData("application/json;q=0, */*", "Text")]
    [InlineData("application/json;q=0", "Text")]
    [InlineData("application/json;q=0.5", "Json")]
    [InlineData("application/json;q=0.0, text/event-stream;q=0.001", "EventStream")]
    [InlineData("text/*;q=0.5, application/json;q=0.4", "Text")]
    [InlineData("image/png", "Text")]
    [InlineData("gibberish", "Text")]
    public void Follows_the_accept_header(string? accept, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = accept;

        Assert.Equal(expected, context.Request.GetAnswerFormat().ToString());
    }
}
