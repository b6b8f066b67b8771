using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Distribution.Collection;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Distribution.Collection;

public sealed class SkewWatchTests : IDisposable
{
    private readonly RecordingLogger _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly SkewWatch _watch;

    public SkewWatchTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _watch = new SkewWatch(_loggers.CreateLogger<SkewWatch>());
    }

    [Fact]
    public void Skew_is_logged_when_it_begins_changes_and_ends()
    {
        _watch.Observe([Group(1)]);
        Assert.Empty(_log.Entries);

        _watch.Observe([Group(1, North(0.1, "throttled"), South(0.9, "throttled"))]);
        _watch.Observe([Group(1, North(0.2, "throttled"), South(0.8, "throttled"))]);
        RecordingLogger.Entry began = Assert.Single(_log.Entries);
        Assert.Equal(LogLevel.Warning, began.Level);
        Assert.Equal("Backend distribution of the last hour: skew in priority 1 (north throttled). north has 0.1.", began.Message);

        _watch.Observe([Group(1, North(0.2, "breakerOpen"), South(0.8, "breakerOpen"))]);
        _watch.Observe([Group(1, North(0.2, "breakerOpen"), South(0.8, "breakerOpen"))]);
        Assert.Equal(2, _log.Entries.Count);
        Assert.Contains("north breakerOpen", _log.Entries.Last().Message, StringComparison.Ordinal);

        _watch.Observe([Group(1)]);
        _watch.Observe([Group(1)]);
        Assert.Equal(3, _log.Entries.Count);
        Assert.Equal((LogLevel.Information, "Backend distribution of the last hour: no more skew in priority 1."), (_log.Entries.Last().Level, _log.Entries.Last().Message));
    }

    [Fact]
    public void Failover_and_skew_are_two_things()
    {
        PriorityGroupReport reserve = Group(2) with { Failover = new Failover(20, 0.2, "unreachable", "The reserve serves.") };

        _watch.Observe([Group(1, North(0.1, "unreachable")), reserve]);
        _watch.Observe([Group(1), reserve]);

        Assert.Equal(
            [
                "Backend distribution of the last hour: skew in priority 1 (north unreachable). north has 0.1.",
                "Backend distribution of the last hour: failover to priority 2 (unreachable). The reserve serves.",
                "Backend distribution of the last hour: no more skew in priority 1.",
            ],
            _log.Entries.Select(entry => entry.Message));
    }

    [Fact]
    public void A_backend_with_too_much_is_named_where_none_has_too_little()
    {
        _watch.Observe([Group(1, South(0.6, "unknown"))]);

        Assert.Contains("south unknown", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    private static PriorityGroupReport Group(int priority, params Skew[] skew) => new(priority, 100, [], skew);

    private static Skew North(double share, string cause) => new("north", 0.5, share, cause, $"north has {share.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");

    private static Skew South(double share, string cause) => new("south", 0.5, share, cause, $"south has {share.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
}
