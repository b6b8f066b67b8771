using System.Net;
using System.Net.Http.Headers;
using ContosoSuites.Functions.Distribution.Chart;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Chart;

public sealed class ChartAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shuts_the_page_off_and_answers_304_until_it_changes()
    {
        await using ChartServer server = await ChartServer.StartAsync(ChartServer.ViewOf(SampleReport.Balanced()), Cancellation);
        using var client = new HttpClient { BaseAddress = server.Address };

        using HttpResponseMessage first = await client.GetAsync("", Cancellation);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage same = await client.GetAsync("", Cancellation);
        server.View = ChartServer.ViewOf(SampleReport.Week());
        using HttpResponseMessage other = await client.GetAsync("", Cancellation);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK], new[] { first, same, other }.Select(response => response.StatusCode));
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("text/html; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Every.One(new[] { first, same, other }, response =>
        {
            Assert.Equal(Document.ContentSecurityPolicy, Header(response, "Content-Security-Policy"));
            Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
            Assert.Equal(new CacheControlHeaderValue { Private = true, NoCache = true }, response.Headers.CacheControl);
        });
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
