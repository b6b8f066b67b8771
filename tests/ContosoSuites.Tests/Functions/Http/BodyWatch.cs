using System.Threading.Channels;
using ContosoSuites.Functions.Http;
using ContosoSuites.Tests.Local.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ContosoSuites.Tests.Functions.Http;

/// <summary>Stands at the entrance of the worker's web server, and tells when the body of a request is read and when a request has ended.</summary>
internal sealed class BodyWatch : IStartupFilter
{
    private readonly Channel<bool> _reads = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _ends = Channel.CreateUnbounded<bool>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            context.Request.Body = new WatchedBody(context.Request.Body, () => _reads.Writer.TryWrite(true));
            try
            {
                await rest();
            }
            finally
            {
                _ends.Writer.TryWrite(true);
            }
        });
        next(app);
    };

    /// <summary>Waits for one more request whose body is read.</summary>
    public Task WaitForReadAsync(CancellationToken cancellationToken) => Wait.For(_reads.Reader.ReadAsync(cancellationToken).AsTask());

    /// <summary>Waits for the end of one more request.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => Wait.For(_ends.Reader.ReadAsync(cancellationToken).AsTask());

    private sealed class WatchedBody(Stream body, Action tell) : InputStream
    {
        private int _isRead;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ValueTask<int> read = body.ReadAsync(buffer, cancellationToken);
            if (Interlocked.Exchange(ref _isRead, 1) == 0)
            {
                tell();
            }

            return read;
        }
    }
}
