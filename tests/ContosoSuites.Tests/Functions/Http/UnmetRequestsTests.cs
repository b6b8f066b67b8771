using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>A request whose invocation does not come in time is told to come again.</summary>
public sealed class UnmetRequestsTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    [Fact]
    public async Task Is_a_503_and_not_an_empty_500()
    {
        DefaultHttpContext http = await AnswerAsync(_ => throw new TimeoutException("Timed out waiting for the function."));

        Assert.Equal((503, "5"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
        http.Response.Body.Position = 0;
        JsonElement problem = (await JsonDocument.ParseAsync(http.Response.Body, default, TestContext.Current.CancellationToken)).RootElement;
        Assert.StartsWith("The app has as many requests under way", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_failures_stay_what_they_are() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => AnswerAsync(_ => throw new InvalidOperationException("A defect.")));

    /// <summary>What the app's own web server answers where the worker's part of it ends so.</summary>
    private async Task<DefaultHttpContext> AnswerAsync(RequestDelegate worker)
    {
        IServiceProvider services = shared.System.Local.App!.Worker.Services!;
        Action<IApplicationBuilder> configure = services.GetServices<IStartupFilter>().Reverse()
            .Aggregate<IStartupFilter, Action<IApplicationBuilder>>(app => app.Run(worker), (next, filter) => filter.Configure(next));
        var builder = new ApplicationBuilder(services);
        configure(builder);
        var http = new DefaultHttpContext { RequestServices = services };
        http.Response.Body = new MemoryStream();
        await builder.Build()(http);
        return http;
    }
}
