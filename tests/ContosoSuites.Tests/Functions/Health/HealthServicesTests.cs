using ContosoSuites.Functions.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace ContosoSuites.Tests.Functions.Health;

/// <summary>The checks, and how long each may take: whoever asks gets an answer while something hangs.</summary>
public sealed class HealthServicesTests
{
    [Fact]
    public void Every_dependency_is_checked_for_five_seconds_at_most()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddHealth();
        using IHost host = builder.Build();

        Assert.Equal(
            [("apiManagement", 5.0), ("storage", 5.0), ("backendDistribution", 5.0)],
            host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => (check.Name, check.Timeout.TotalSeconds)));
    }
}
