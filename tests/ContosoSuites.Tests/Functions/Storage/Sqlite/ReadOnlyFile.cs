namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>Takes away the right to write a file, from root as well.</summary>
internal sealed class ReadOnlyFile : IDisposable
{
    private readonly string _file;

    private ReadOnlyFile(string file) => _file = file;

    public static ReadOnlyFile Make(string file)
    {
        Set(file, isReadOnly: true);
        return new ReadOnlyFile(file);
    }

    public static void Unmake(string file) => Set(file, isReadOnly: false);

    public void Dispose() => Unmake(_file);

    private static void Set(string file, bool isReadOnly)
    {
        if (Environment.IsPrivilegedProcess)
        {
            // Permissions do not bind root, the immutable attribute does.
            RootCommand.Run("chattr", isReadOnly ? "+i" : "-i", file);
        }
        else
        {
            File.SetAttributes(file, isReadOnly ? FileAttributes.ReadOnly : FileAttributes.Normal);
        }
    }
}
