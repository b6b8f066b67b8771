using System.Net;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Local.Host.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

/// <summary>The host behaves as the table in DESIGN says of the real one.</summary>
public sealed class FunctionsHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE", "api/Hotels")]
    [InlineData("HEAD", "api/Hotels")]
    [InlineData("OPTIONS", "api/Chat")]
    [InlineData("GET", "api/Chat")]
    [InlineData("GET", "api/Nothing")]
    [InlineData("GET", "Hotels")]
    [InlineData("GET", "api/Hotels/Regency/Bookings")]
    public async Task What_is_no_function_is_not_found(string method, string path)
    {
        await using TestHost host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using HttpResponseMessage response = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
        Assert.Empty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_function_that_fails_answers_500_and_is_logged_with_its_exception()
    {
        await using TestHost host = await TestHost.StartAsync(services => services.AddSingleton<IHotelStore>(new Hotels(_ => throw new InvalidOperationException("A defect."))));

        using HttpResponseMessage response = await host.Client.GetAsync("api/Hotels", Cancellation);

        Assert.Equal((HttpStatusCode.InternalServerError, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)));
        Assert.Contains(host.Logs.Problems, entry => entry.Level is LogLevel.Error && entry.Message.Contains("A defect.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_the_function_and_nobody_calls_that_a_failure()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestHost host = await TestHost.StartAsync(services => services.AddSingleton<IHotelStore>(new Hotels(async token =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }

            return [];
        })));
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> call = host.Client.GetAsync("api/Hotels", leaving.Token);
        await Wait.For(entered.Task);

        await leaving.CancelAsync();

        await Wait.For(cancelled.Task);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Host.DisposeAsync();
        Assert.DoesNotContain(host.Logs.Problems, entry => entry.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_stop_lets_the_running_functions_end()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestHost host = await TestHost.StartAsync(
            services => services.AddSingleton<IHotelStore>(new Hotels(async _ =>
            {
                entered.SetResult();
                await goOn.Task;
                return [];
            })),
            options => options with { ShutdownTimeout = TimeSpan.FromSeconds(20) });
        Task<HttpResponseMessage> call = host.Client.GetAsync("api/Hotels", Cancellation);
        await Wait.For(entered.Task);

        Task stop = host.Host.DisposeAsync().AsTask();
        Assert.False(stop.IsCompleted);
        goOn.SetResult();

        using HttpResponseMessage response = await Wait.For(call);
        Assert.Equal("[]", await response.Content.ReadAsStringAsync(Cancellation));
        await Wait.For(stop);
    }

    [Fact]
    public async Task More_than_a_hundred_megabytes_are_refused_before_the_function()
    {
        await using TestHost host = await TestHost.StartAsync();
        using RawClient raw = await RawClient.ConnectAsync(host.Host.Endpoint, Cancellation);

        await raw.SendAsync(RawClient.Head("/api/Chat", 101 * 1024 * 1024), Cancellation);

        Assert.Equal(413, await raw.ReadStatusAsync(Cancellation));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_to_be()
    {
        await using TestHost host = await TestHost.StartAsync();

        var taken = await Assert.ThrowsAsync<IOException>(() => TestHost.StartAsync(null, options => options with { Port = host.Host.Endpoint.Port }));

        Assert.IsType<Microsoft.AspNetCore.Connections.AddressInUseException>(taken.InnerException);
    }

    [Fact]
    public async Task A_caller_is_who_the_connection_says_whatever_its_headers_say()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Connection.RemotePort = 4711;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("contoso.example:7071");
        foreach (string header in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "x-ms-invocation-id" })
        {
            context.Request.Headers[header] = "spoofed";
        }

        using var request = new HttpRequestMessage();

        await new HttpTriggers.ToWorker("an id").TransformRequestAsync(context, request, "http://127.0.0.1:1", Cancellation);

        Assert.Equal("127.0.0.1:4711", request.Headers.GetValues("X-Forwarded-For").Single());
        Assert.Equal("contoso.example:7071", request.Headers.GetValues("X-Forwarded-Host").Single());
        Assert.Equal("http", request.Headers.GetValues("X-Forwarded-Proto").Single());
        Assert.Equal("an id", request.Headers.GetValues("x-ms-invocation-id").Single());
    }

    /// <summary>Hotels from a delegate.</summary>
    private sealed class Hotels(Func<CancellationToken, Task<IReadOnlyList<Hotel>>> list) : IHotelStore
    {
        public Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken) => list(cancellationToken);

        public Task<Hotel?> GetHotelAsync(int hotelId, CancellationToken cancellationToken) => Task.FromResult<Hotel?>(null);

        public Task<IReadOnlyList<Booking>> GetBookingsAsync(int hotelId, DateOnly? from, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Booking>>([]);
    }
}
