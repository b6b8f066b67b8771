using ContosoSuites.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Telemetry;

/// <summary>The least level at which what might tell too much is logged, whatever the settings say.</summary>
public sealed class PrivateLogsTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)]
    [InlineData("Microsoft.Extensions.AI.OpenTelemetryChatClient", LogLevel.None)]
    [InlineData("Microsoft.SemanticKernel.Kernel", LogLevel.None)]
    [InlineData("Polly", LogLevel.Warning)]
    [InlineData("ContosoSuites.Functions.Chat", LogLevel.Trace)]
    public void A_category_has_its_least_level(string category, LogLevel least)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        builder.Configuration[$"Logging:LogLevel:{category}"] = "Trace";
        builder.Services.AddLogging(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        builder.KeepLogsPrivate();
        using IHost host = builder.Build();

        ILogger log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Assert.Equal(
            Enum.GetValues<LogLevel>().Where(level => level >= least && level != LogLevel.None),
            Enum.GetValues<LogLevel>().Where(level => level != LogLevel.None && log.IsEnabled(level)));
    }
}
