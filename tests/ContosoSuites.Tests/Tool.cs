using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace ContosoSuites.Tests;

/// <summary>Runs programs that this machine may have or not.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end. Skips the test, with the reason, where it is not installed.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="needed">What the test needs, for the reason of the skip.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static async Task<ToolResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string needed,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Start(start, needed);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ToolResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program. Skips the test, with the reason, where it is not installed.</summary>
    public static Process Start(ProcessStartInfo start, string needed)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"'{start.FileName}' is not installed on this machine (or not on the PATH); the test needs {needed}.");
            throw;
        }
    }
}

/// <summary>What a program said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
