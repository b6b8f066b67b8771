using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.Rpc;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>What becomes of the records that a worker sends.</summary>
public sealed class WorkerLogTests
{
    [Fact]
    public void A_record_keeps_its_level_and_category()
    {
        using var logs = new RecordingLogger();
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddProvider(logs));

        new WorkerLog(factory).Write(new RpcLog { Category = "Contoso.Store", Level = (int)LogLevel.Warning, Message = "The disk is nearly full: {90 %}." });

        Assert.Equal(("Contoso.Store", LogLevel.Warning, "The disk is nearly full: {90 %}."), Assert.Single(logs.Entries.Select(entry => (entry.Category, entry.Level, entry.Message))));
    }

    [Fact]
    public void A_failure_that_comes_again_shows_its_stack_once()
    {
        using var logs = new RecordingLogger();
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var log = new WorkerLog(factory);

        log.Write(Failure("The gateway is away."));
        log.Write(Failure("The gateway is away."));
        log.Write(Failure("The key is refused."));
        log.Write(Failure("The gateway is away."));

        Assert.Equal([true, false, true, true], logs.Entries.Select(entry => entry.Message.Contains("   at Contoso", StringComparison.Ordinal)));
        Every.One(logs.Entries, entry => Assert.StartsWith("The collection failed.", entry.Message, StringComparison.Ordinal));
    }

    private static RpcLog Failure(string message) => new()
    {
        Category = "Contoso.Collection",
        Level = (int)LogLevel.Error,
        Message = "The collection failed.",
        Exception = new() { Type = "Contoso.GatewayException", Message = message, StackTrace = "   at Contoso.Collection.Run()" },
    };
}
