using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using ContosoSuites.Local.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace ContosoSuites.Tests.Local.Host;

public sealed class FunctionsHostTests
{
    private static readonly HttpClient Client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_app_itself_starts_from_its_own_Program()
    {
        await using FunctionsHost host = await FunctionsHost.StartAsync(
            new FunctionsHostOptions { FunctionsAssembly = Assembly.Load("ContosoSuites.Functions"), Settings = SampleSettings.Read() }, ct: Cancellation);

        Assert.Equal("127.0.0.1", host.Endpoint.Host);
        using HttpResponseMessage response = await Client.GetAsync(new Uri(host.Endpoint, "api/nowhere"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("http://localhost:7080", host.Services.GetRequiredService<IConfiguration>()["ApiManagement:Endpoint"]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("a=b --c=d /e \"f\" 'g'")]
    [InlineData("two\nlines, 50 %, ünïcödé")]
    public async Task A_setting_reaches_the_program_and_the_functions_as_it_is(string value)
    {
        string? early = null;
        var app = new TestApp
        {
            Settings = new() { ["Hotel:Name"] = value, ["Hotel:None"] = null },
            Configure = builder => early = builder.Configuration["Hotel:Name"],
        };
        await using FunctionsHost host = await app.StartAsync();

        var configuration = host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(value, early);
        Assert.Equal(value, configuration["Hotel:Name"]);
        Assert.DoesNotContain(configuration.GetSection("Hotel").GetChildren(), child => child.Key == "None");
    }

    [Fact]
    public async Task A_setting_wins_over_what_the_program_adds()
    {
        var app = new TestApp
        {
            Settings = new() { ["Hotel:Name"] = "Lakeside" },
            Configure = builder => builder.Configuration.AddInMemoryCollection([new("Hotel:Name", "Hilltop"), new("Hotel:City", "Bern")]),
        };
        await using FunctionsHost host = await app.StartAsync();

        var configuration = host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(("Lakeside", "Bern"), (configuration["Hotel:Name"], configuration["Hotel:City"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    public async Task A_setting_that_can_not_be_named_is_refused(string name)
    {
        FunctionsHostException problem = await new TestApp { Settings = new() { [name] = "x" } }.FailToStartAsync();

        Assert.Contains($"'{name}'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_hosts_run_at_once_each_with_its_own_settings()
    {
        Task<FunctionsHost>[] starting = [.. Enumerable.Range(0, 6).Select(i =>
            new TestApp { Settings = new() { ["Hotel:Name"] = $"hotel {i}" } }.StartAsync(typeof(NameFunction)))];
        FunctionsHost[] hosts = await Task.WhenAll(starting);

        string[] names = await Task.WhenAll(hosts.Select(host => Client.GetStringAsync(new Uri(host.Endpoint, "api/Name"), Cancellation)));

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"hotel {i}"), names);
        Assert.Equal(6, hosts.Select(host => host.Endpoint.Port).Distinct().Count());
        foreach (FunctionsHost host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Options_that_the_app_validates_at_start_stop_it_with_the_apps_message()
    {
        var app = new TestApp
        {
            Configure = builder => builder.Services.AddOptions<HotelOptions>().BindConfiguration("Hotel")
                .Validate(options => options.Name.Length > 0, "The setting Hotel:Name is missing.").ValidateOnStart(),
        };

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Equal("The setting Hotel:Name is missing.", problem.Message);
    }

    [Fact]
    public async Task A_failed_start_leaves_nothing_running()
    {
        var record = new ConcurrentQueue<string>();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var app = new TestApp
        {
            Port = port,
            Configure = builder => builder.Services.AddSingleton(record).AddHostedService<First>().AddHostedService<Second>(),
        };

        var problem = await Assert.ThrowsAsync<PortInUseException>(() => app.StartAsync());

        Assert.Equal(port, problem.Port);
        Assert.Contains($"{port}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["start First", "start Second", "stop Second", "stop First", "dispose Second", "dispose First"], record);
    }

    [Fact]
    public async Task The_apps_hosted_services_run_and_the_workers_do_not()
    {
        var record = new ConcurrentQueue<string>();
        var app = new TestApp
        {
            Configure = builder => builder.Services
                .AddSingleton(record)
                .AddHostedService<First>()
                .AddHostedService<Microsoft.Azure.Functions.Worker.TestDoubles.WorkerService>()
                .AddHostedService(_ => new Microsoft.Azure.Functions.Worker.TestDoubles.WorkerService())
                .AddSingleton<IHostedService>(new Microsoft.Azure.Functions.Worker.TestDoubles.WorkerService())
                .AddHostedService(services => new Second(services.GetRequiredService<ConcurrentQueue<string>>())),
        };

        FunctionsHost host = await app.StartAsync();
        Assert.Equal(["start First", "start Second"], record);
        Assert.True(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);

        await host.DisposeAsync();
        await host.DisposeAsync();
        Assert.Equal(["start First", "start Second", "stop Second", "stop First", "dispose Second", "dispose First"], record);
    }

    [Fact]
    public async Task A_service_that_fails_to_stop_does_not_stop_the_others()
    {
        var record = new ConcurrentQueue<string>();
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton(record).AddHostedService<First>().AddHostedService<Stubborn>() };
        FunctionsHost host = await app.StartAsync();

        await host.DisposeAsync();

        Assert.Equal(["start First", "stop First", "dispose First"], record);
        Assert.Contains(app.Logs.Problems, entry => entry.Message == "A service of the app did not stop.");
    }

    [Fact]
    public async Task Services_can_be_replaced_for_a_test()
    {
        FunctionsHostOptions options = new TestApp().Options with { ConfigureServices = services => services.AddSingleton(new HotelOptions { Name = "Replaced" }) };
        var app = new TestApp { Configure = builder => builder.Services.AddSingleton(new HotelOptions { Name = "Own" }) };

        await using FunctionsHost host = await FunctionsHost.StartAsync(options, app.EntryPoint, [], ct: Cancellation);

        Assert.Equal("Replaced", host.Services.GetRequiredService<HotelOptions>().Name);
    }

    [Fact]
    public async Task A_stop_lets_a_running_request_end()
    {
        var app = new TestApp { ShutdownTimeout = TimeSpan.FromSeconds(20), Configure = builder => builder.Services.AddSingleton<SlowFunction.Gate>() };
        FunctionsHost host = await app.StartAsync(typeof(SlowFunction));
        var gate = host.Services.GetRequiredService<SlowFunction.Gate>();
        Task<string> call = Client.GetStringAsync(new Uri(host.Endpoint, "api/Slow"), Cancellation);
        await Wait.For(gate.Entered.Task);

        ValueTask stopping = host.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        gate.Leave.SetResult();

        Assert.Equal("done", await Wait.For(call));
        await Wait.For(stopping.AsTask());
    }

    [Fact]
    public async Task A_stop_cancels_a_request_that_does_not_end()
    {
        var app = new TestApp { ShutdownTimeout = TimeSpan.FromMilliseconds(50), Configure = builder => builder.Services.AddSingleton<SlowFunction.Gate>() };
        FunctionsHost host = await app.StartAsync(typeof(SlowFunction));
        var gate = host.Services.GetRequiredService<SlowFunction.Gate>();
        Task<string> call = Client.GetStringAsync(new Uri(host.Endpoint, "api/Slow"), Cancellation);
        await Wait.For(gate.Entered.Task);

        var clock = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        await Wait.For(gate.Cancelled.Task);
        Assert.DoesNotContain(app.Logs.Problems, entry => entry.Category.StartsWith("Function.", StringComparison.Ordinal));
    }

    public sealed record HotelOptions
    {
        public string Name { get; set; } = "";
    }

    public sealed class NameFunction(IConfiguration configuration)
    {
        [Function("Name")]
        public IResult Name([HttpTrigger] HttpRequest request) => Results.Text(configuration["Hotel:Name"]);
    }

    public sealed class SlowFunction(SlowFunction.Gate gate)
    {
        [Function("Slow")]
        public async Task<IResult> Slow([HttpTrigger] HttpRequest request, CancellationToken cancellationToken)
        {
            gate.Entered.SetResult();
            try
            {
                await gate.Leave.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                gate.Cancelled.SetResult();
                throw;
            }

            return Results.Text("done");
        }

        public sealed class Gate
        {
            public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public TaskCompletionSource Leave { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public abstract class Recorded(ConcurrentQueue<string> record) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Record("start");

        public Task StopAsync(CancellationToken cancellationToken) => Record("stop");

        public void Dispose()
        {
            Record("dispose");
            GC.SuppressFinalize(this);
        }

        private Task Record(string what)
        {
            record.Enqueue($"{what} {GetType().Name}");
            return Task.CompletedTask;
        }
    }

    public sealed class First(ConcurrentQueue<string> record) : Recorded(record);

    public sealed class Second(ConcurrentQueue<string> record) : Recorded(record);

    public sealed class Stubborn : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no");
    }
}
