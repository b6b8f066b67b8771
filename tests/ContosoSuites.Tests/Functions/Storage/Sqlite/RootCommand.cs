using System.ComponentModel;
using System.Diagnostics;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>Programs that only root can run with success.</summary>
internal static class RootCommand
{
    /// <summary>Whether the program is there and did its work.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
