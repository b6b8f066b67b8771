using System.Collections.Immutable;
using ContosoSuites.Functions.Http;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ContosoSuites.Tests.Functions.Http;

public sealed class CalledOffMiddlewareTests
{
    private static readonly FunctionExecutionDelegate WaitsInVain = _ => throw new TimeoutException("The request has not come.");

    [Fact]
    public async Task A_request_that_never_comes_is_no_failure()
    {
        using var logs = new RecordingLogger();

        await InvokeAsync("httpTrigger", WaitsInVain, logs);

        RecordingLogger.Entry entry = Assert.Single(logs.Entries);
        Assert.Equal((LogLevel.Information, "Function F was called off: its caller has left, or the app stops."), (entry.Level, entry.Message));
    }

    [Fact]
    public async Task What_times_out_in_a_timer_is_one()
    {
        using var logs = new RecordingLogger();

        await Assert.ThrowsAsync<TimeoutException>(() => InvokeAsync("timerTrigger", WaitsInVain, logs));

        Assert.Empty(logs.Entries);
    }

    private static async Task InvokeAsync(string trigger, FunctionExecutionDelegate next, RecordingLogger logs)
    {
        using var factory = new LoggerFactory([logs]);
        await new CalledOffMiddleware(factory.CreateLogger<CalledOffMiddleware>()).Invoke(new Context(new Definition(trigger)), next);
    }

    private sealed class Context(FunctionDefinition definition) : FunctionContext
    {
        public override string InvocationId => "i";

        public override string FunctionId => definition.Id;

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override IServiceProvider InstanceServices { get; set; } = null!;

        public override FunctionDefinition FunctionDefinition => definition;

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override IInvocationFeatures Features => throw new NotSupportedException();
    }

    private sealed class Definition(string trigger) : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters => [];

        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "f";

        public override string Name => "F";

        public override IImmutableDictionary<string, BindingMetadata> InputBindings =>
            ImmutableDictionary<string, BindingMetadata>.Empty.Add("trigger", new Binding(trigger));

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    private sealed class Binding(string type) : BindingMetadata
    {
        public override string Name => "trigger";

        public override string Type => type;

        public override BindingDirection Direction => BindingDirection.In;
    }
}
