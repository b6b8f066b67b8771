using ContosoSuites.Bench.Processes;

namespace ContosoSuites.Bench.Peers;

/// <summary>A package from npm. It is kept between runs, below artifacts/, which git ignores.</summary>
internal static class NpmPackage
{
    /// <summary>Installs it, unless that was done before, without running anything that it brings.</summary>
    /// <param name="package">Its name and version.</param>
    /// <param name="folder">The folder below artifacts/.</param>
    /// <param name="file">The file in node_modules/ that is wanted.</param>
    /// <returns>That file.</returns>
    /// <exception cref="PeerMissingException">It can not be installed.</exception>
    public static async Task<string> InstallAsync(string package, string folder, params string[] file)
    {
        string path = Path.GetFullPath(Path.Combine("artifacts", folder));
        string wanted = Path.Combine([path, "node_modules", .. file]);
        if (!File.Exists(wanted))
        {
            Directory.CreateDirectory(path);
            await using ChildProcess npm = ChildProcess.Start(
                Path.Combine(path, "npm.out"), "npm", ["install", "--prefix", path, "--no-audit", "--no-fund", "--ignore-scripts", package]);
            await npm.EndAsync();
        }

        return File.Exists(wanted) ? wanted : throw new PeerMissingException($"{package} can not be installed from npm");
    }
}
