using System.Text.Json;

namespace ContosoSuites.Local.Cli.Parts;

/// <summary>A part that was started alone, until it is told to stop.</summary>
internal static class RunningPart
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Prints the part's addresses as one line of JSON, for whoever started it, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> WaitAsync(object addresses, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(addresses, Json));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it is meant to end.
        }

        return 0;
    }
}
