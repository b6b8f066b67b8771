using System.Globalization;
using System.Reflection;

namespace ContosoSuites.Functions.Storage.Sqlite;

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
