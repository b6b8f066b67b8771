using ContosoSuites.Bench.Soak;
using Xunit;

namespace ContosoSuites.Tests.Bench;

/// <summary>
/// Some seconds of calls of every kind while instances fail in turns: no caller notices, and nothing is held on to. What
/// <c>./dev bench soak</c> does for longer and at half of what the machine can do.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const double Megabyte = 1e6;

    // Eight thousand bytes kept of each call in a third of the time.
    private const double MostHeapGrowth = 5;

    // A handle for every twelfth call of that third; connections come and go with the faults.
    private const double MostHandleGrowth = 50;

    // Time for two faults. The first opens no breaker, so the second instance can fail before the first one's would have closed.
    private static readonly SoakPlan Plan = new(
        Duration: TimeSpan.FromSeconds(12),
        PerSecond: 150,
        FaultEvery: TimeSpan.FromSeconds(5),
        FaultFor: TimeSpan.FromSeconds(1),
        SampleEvery: TimeSpan.FromSeconds(0.8));

    [Fact]
    public async Task Nobody_notices_the_faults_and_nothing_is_held_on_to()
    {
        string log = Path.Combine(Directory.CreateTempSubdirectory("contoso-soak-").FullName, "gateway-logs.db");
        try
        {
            await using TestSystem system = await TestSystem.StartAsync(
                options => options with { LogFile = log }, ("BackendDistributionSchedule", "*/4 * * * * *"));

            SoakResult result = await SoakRun.RunAsync(system.Local, Plan, SoakSample.OfThisProcess);

            (double heapBefore, double heap) = result.Thirds(sample => sample.HeapBytes / Megabyte);
            (double handlesBefore, double handles) = result.Thirds(sample => sample.Handles);
            output.WriteLine(FormattableString.Invariant(
                $"{result.Calls} calls, {result.Faults} faults; heap {heapBefore:0.0}, {heap:0.0} MB; handles {handlesBefore:0.0}, {handles:0.0}"));
            Assert.True(result.Failed == 0, $"{result.Failed} of {result.Calls} calls failed, the first: {result.FirstFailure}");
            Assert.InRange(heap - heapBefore, double.MinValue, MostHeapGrowth);
            Assert.InRange(handles - handlesBefore, double.MinValue, MostHandleGrowth);

            // It was worth the trouble.
            Assert.Equal(2, result.Faults);
            Assert.InRange(result.Calls, 600, int.MaxValue);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(log)!, recursive: true);
        }
    }
}
