using ContosoSuites.Functions.Storage.Sqlite;
using Dapper;

namespace ContosoSuites.Tests.Functions.Storage.Sqlite;

/// <summary>A disk of 4 MB where mounting one is permitted; otherwise a quota within SQLite has to stand for it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    public SmallDisk(string parent)
    {
        _folder = Path.Combine(parent, "disk");
        Directory.CreateDirectory(_folder);
        IsMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && RootCommand.Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", _folder);
    }

    /// <summary>Whether it is a disk, whose room can be asked for.</summary>
    public bool IsMounted { get; }

    public string File => Path.Combine(_folder, "contoso.db");

    private string Ballast => Path.Combine(_folder, "ballast");

    public async Task FillAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        if (IsMounted)
        {
            await System.IO.File.WriteAllBytesAsync(Ballast, new byte[3_000_000], cancellationToken);
        }
        else
        {
            await SetQuotaAsync(database, pages: 100, cancellationToken);
        }
    }

    public async Task MakeRoomAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        if (IsMounted)
        {
            System.IO.File.Delete(Ballast);
        }
        else
        {
            await SetQuotaAsync(database, pages: 100_000, cancellationToken);
        }
    }

    public void Dispose()
    {
        if (IsMounted)
        {
            RootCommand.Run("umount", "--lazy", _folder);
        }
    }

    private static Task<int> SetQuotaAsync(SqliteDatabase database, int pages, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.ExecuteScalar<int>($"PRAGMA max_page_count = {pages}"), cancellationToken);
}
