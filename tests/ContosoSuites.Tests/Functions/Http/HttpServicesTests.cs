using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>What the app's web server does beside answering.</summary>
public sealed class HttpServicesTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    [Fact]
    public void No_keys_are_made_that_nothing_is_protected_by()
    {
        string[] started = [.. shared.System.Local.App!.Worker.Services!.GetServices<IHostedService>().Select(service => service.GetType().FullName!)];

        Assert.Contains(started, name => name.StartsWith("Microsoft.Azure.Functions.Worker.", StringComparison.Ordinal));
        Assert.DoesNotContain(started, name => name.StartsWith("Microsoft.AspNetCore.DataProtection.", StringComparison.Ordinal));
    }
}
