using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ContosoSuites.Local.Machine;

namespace ContosoSuites.Local.Cli;

/// <summary>Azure Functions Core Tools, for those who have them: the app under the real Functions host.</summary>
internal static class CoreTools
{
    /// <summary>
    /// Starts <c>func start</c> in functions/, where the app's project is, with settings that go before those of local.settings.json. Function
    /// keys are kept by Core Tools themselves.
    /// </summary>
    /// <exception cref="LocalStartException">Core Tools or local.settings.json are missing.</exception>
    public static Process Start(int port, bool enableAuth, IReadOnlyDictionary<string, string> settings)
    {
        string root = Directory.GetCurrentDirectory();
        if (!File.Exists(Path.Combine(root, "local.settings.json")))
        {
            throw new LocalStartException("Core Tools read local.settings.json next to host.json, and there is none. Make one: cp local.settings.sample.json local.settings.json");
        }

        string[] arguments = ["start", "--port", port.ToString(CultureInfo.InvariantCulture), .. enableAuth ? (string[])["--enableAuth"] : []];
        var start = new ProcessStartInfo("func", arguments) { WorkingDirectory = Path.Combine(root, "functions") };
        foreach ((string name, string value) in settings)
        {
            // Core Tools leave a setting alone that the environment has under the same name.
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new LocalStartException(
                "Azure Functions Core Tools ('func') are not installed or not on the PATH. Install them with 'npm install --global azure-functions-core-tools@4', or leave --func out to use the built-in host.",
                e);
        }
    }

    /// <summary>Ends Core Tools and the worker it started; what does not end by itself in time is killed.</summary>
    public static async Task StopAsync(Process func)
    {
        // Ctrl-C in a terminal reached it too. Give it time to end by itself.
        using var time = new CancellationTokenSource(LocalApp.LongestStop);
        await func.WaitForExitAsync(time.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!func.HasExited)
        {
            func.Kill(entireProcessTree: true);
        }
    }
}
