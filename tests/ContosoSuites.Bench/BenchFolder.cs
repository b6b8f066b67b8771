namespace ContosoSuites.Bench;

/// <summary>A folder for what one measurement writes. It is below the current folder, which is on a disk; the one for temporary files may be in memory.</summary>
internal sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(System.IO.Path.Combine("artifacts", $"bench-{Guid.NewGuid():N}"));

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    /// <summary>A file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
