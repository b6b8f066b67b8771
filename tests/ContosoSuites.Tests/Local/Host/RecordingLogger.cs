using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLogger : ILoggerProvider
{
    public ConcurrentQueue<Entry> Entries { get; } = [];

    public IEnumerable<Entry> Problems => Entries.Where(entry => entry.Level >= LogLevel.Warning);

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, Entries);

    public void Dispose()
    {
    }

    public sealed record Entry(string Category, LogLevel Level, string Message, Exception? Exception);

    private sealed class Category(string name, ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new Entry(name, logLevel, formatter(state, exception), exception));
    }
}
