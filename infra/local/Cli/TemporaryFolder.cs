namespace ContosoSuites.Local.Cli;

/// <summary>A folder that is gone when it is no longer needed.</summary>
internal sealed class TemporaryFolder(string prefix) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory(prefix);

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
