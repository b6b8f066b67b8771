using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// Brings a database file to the version that this app knows. The version stands in the file itself (user_version). Each
/// script runs in a transaction of its own that excludes other writers, so several processes may start at once and an
/// interrupted start leaves a whole version behind.
/// </summary>
internal sealed class SqliteSchema(IReadOnlyList<SqliteMigration> migrations)
{
    /// <summary>The version that this app knows.</summary>
    public int Version => migrations[^1].Version;

    /// <summary>Refuses a file that a newer version of this app wrote, or another application, and leaves it as it is.</summary>
    /// <exception cref="StorageUnavailableException">The file is of a newer version, or has not the tables that its version makes.</exception>
    public void ThrowIfNotOurs(SqliteConnection connection)
    {
        // In a transaction, so that version and tables belong together: another process may be just making them.
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        int version = VersionOf(connection);
        HashSet<string> found = ReadDefinitions(connection);
        if (version == 0 ? found.Count > 0 : !found.IsSupersetOf(DefinitionsOf(version)))
        {
            throw new StorageUnavailableException(
                StorageProblem.Foreign,
                $"The database {connection.DataSource} is another application's: it has other tables than this app makes. "
                + "Nothing was changed in it. Set Storage:SqlitePath to another file, or move this one away; no restart is needed.");
        }
    }

    /// <summary>Applies the scripts that the file has not seen. True when there were any.</summary>
    /// <exception cref="StorageUnavailableException">The file is of a newer version.</exception>
    public bool Upgrade(SqliteConnection connection)
    {
        bool upgraded = false;
        while (VersionOf(connection) != Version)
        {
            upgraded |= ApplyNext(connection);
        }

        return upgraded;
    }

    private bool ApplyNext(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);

        // Read again under the lock: another process may have been here.
        int version = VersionOf(connection);
        if (migrations.FirstOrDefault(migration => migration.Version > version) is not { } next)
        {
            return false;
        }

        connection.Execute(next.Sql, transaction: transaction);
        connection.Execute($"PRAGMA user_version = {next.Version}", transaction: transaction);
        transaction.Commit();
        return true;
    }

    private HashSet<string> DefinitionsOf(int version)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        new SqliteSchema([.. migrations.Where(migration => migration.Version <= version)]).Upgrade(connection);
        return ReadDefinitions(connection);
    }

    private static HashSet<string> ReadDefinitions(SqliteConnection connection) =>
        [.. connection.Query<string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")];

    private int VersionOf(SqliteConnection connection)
    {
        int version = connection.ExecuteScalar<int>("PRAGMA user_version");
        return version <= Version
            ? version
            : throw new StorageUnavailableException(
                StorageProblem.NewerSchema,
                $"The database {connection.DataSource} has schema version {version}, and this app knows versions up to {Version}: "
                + "a newer app wrote it. Start that app, or set Storage:SqlitePath to another file.");
    }
}

/// <summary>A script that takes the database's schema from the version before to its own.</summary>
/// <param name="Version">The schema's version afterwards.</param>
/// <param name="Sql">The statements.</param>
internal sealed record SqliteMigration(int Version, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>The scripts of this app in order: Migrations/0001_....sql is version 1, and so on.</summary>
    public static IReadOnlyList<SqliteMigration> All()
    {
        Assembly assembly = typeof(SqliteMigration).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Select(name => new SqliteMigration(VersionOf(name), Read(assembly, name)))
                .OrderBy(migration => migration.Version)
        ];
    }

    private static int VersionOf(string name) => int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
