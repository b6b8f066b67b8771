using System.Reflection;
using ContosoSuites.Local.Host;
using ContosoSuites.Local.Host.App;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class EntryPointTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_apps_own_Program_gives_its_services_and_is_stopped_before_it_runs()
    {
        string[] args = [.. SampleSettings.Read().Select(setting => $"--{setting.Key}={setting.Value}")];

        using IHost host = await EntryPointRun.BuildHostAsync(
            EntryPoint.Of(Assembly.Load("ContosoSuites.Functions")), args, _ => { }, Timeout, Cancellation);

        Assert.NotNull(host.Services.GetRequiredService<IConfiguration>());
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);
    }

    [Fact]
    public async Task What_follows_the_build_is_not_run()
    {
        var ended = new TaskCompletionSource<Exception>();
        bool ran = false;
        var entryPoint = new EntryPoint("app", args =>
        {
            try
            {
                using IHost built = new HostApplicationBuilder(args).Build();
                ran = true;
            }
            catch (Exception e)
            {
                ended.SetResult(e);
                throw;
            }
        });

        using IHost host = await EntryPointRun.BuildHostAsync(entryPoint, [], _ => { }, Timeout, Cancellation);

        Assert.IsType<HostAbortedException>(await Wait.For(ended.Task));
        Assert.False(ran);
    }

    [Fact]
    public async Task What_the_program_throws_comes_out_as_it_is()
    {
        var thrown = new InvalidOperationException("ApiManagement:Endpoint is missing.");
        var entryPoint = new EntryPoint("app", _ => throw thrown);

        Exception caught = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EntryPointRun.BuildHostAsync(entryPoint, [], _ => { }, Timeout, Cancellation));

        Assert.Same(thrown, caught);
    }

    [Fact]
    public async Task A_program_that_builds_no_host_is_named()
    {
        var problem = await Assert.ThrowsAsync<FunctionsHostException>(
            () => EntryPointRun.BuildHostAsync(new EntryPoint("Contoso.Nothing", _ => { }), [], _ => { }, Timeout, Cancellation));

        Assert.Contains("Contoso.Nothing", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_named_and_its_late_host_is_disposed()
    {
        using var late = new ManualResetEventSlim();
        var disposed = new TaskCompletionSource();
        var entryPoint = new EntryPoint("Contoso.Slow", args =>
        {
            late.Wait(Timeout);
            var builder = new HostApplicationBuilder(args);
            builder.Services.AddSingleton<IHostLifetime>(_ => new DisposedLifetime(disposed));
            builder.Build();
        });

        var problem = await Assert.ThrowsAsync<FunctionsHostException>(
            () => EntryPointRun.BuildHostAsync(entryPoint, [], _ => { }, TimeSpan.FromMilliseconds(20), Cancellation));
        late.Set();

        Assert.Contains("Contoso.Slow", problem.Message, StringComparison.Ordinal);
        await Wait.For(disposed.Task);
    }

    [Fact]
    public async Task A_cancelled_start_stops_waiting()
    {
        using var late = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        Task<IHost> building = EntryPointRun.BuildHostAsync(new EntryPoint("app", _ => late.Wait(Timeout)), [], _ => { }, Timeout, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        late.Set();
    }

    [Fact]
    public async Task Several_programs_at_once_each_give_their_own_host()
    {
        using var allRunning = new Barrier(8);
        IEnumerable<Task<IHost>> building = Enumerable.Range(0, 8).Select(i => EntryPointRun.BuildHostAsync(
            new EntryPoint($"app {i}", args =>
            {
                allRunning.SignalAndWait(Timeout);
                new HostApplicationBuilder(args).Build().Run();
            }),
            [$"--own={i}"],
            builder => builder.ConfigureServices(services => services.AddSingleton($"configured {i}")),
            Timeout,
            Cancellation));

        IHost[] hosts = await Task.WhenAll(building);

        Assert.All(hosts.Index(), host =>
        {
            Assert.Equal($"{host.Index}", host.Item.Services.GetRequiredService<IConfiguration>()["own"]);
            Assert.Equal([$"configured {host.Index}"], host.Item.Services.GetServices<string>());
        });
        Assert.All(hosts, host => host.Dispose());
    }

    [Fact]
    public async Task A_host_built_elsewhere_meanwhile_is_left_alone()
    {
        using var inside = new ManualResetEventSlim();
        using var outside = new ManualResetEventSlim();
        Task<IHost> building = EntryPointRun.BuildHostAsync(
            new EntryPoint("app", args =>
            {
                inside.Set();
                outside.Wait(Timeout);
                new HostApplicationBuilder(args).Build().Run();
            }),
            ["--own=app"],
            _ => { },
            Timeout,
            Cancellation);

        inside.Wait(Timeout, Cancellation);
        using IHost elsewhere = new HostApplicationBuilder().Build();
        outside.Set();
        using IHost host = await building;

        Assert.Equal("app", host.Services.GetRequiredService<IConfiguration>()["own"]);
        Assert.NotSame(elsewhere, host);
    }

    [Fact]
    public void An_assembly_without_an_entry_point_is_named() =>
        Assert.Contains("System.Linq", Assert.Throws<FunctionsHostException>(() => EntryPoint.Of(typeof(Enumerable).Assembly)).Message, StringComparison.Ordinal);

    private sealed class DisposedLifetime(TaskCompletionSource disposed) : IHostLifetime, IDisposable
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => disposed.SetResult();
    }
}
