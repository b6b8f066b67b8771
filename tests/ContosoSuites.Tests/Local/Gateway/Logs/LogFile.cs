using ContosoSuites.Local.Gateway.Logs;

namespace ContosoSuites.Tests.Local.Gateway.Logs;

/// <summary>A log file to look into.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logs-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "logs.db");

    /// <summary>The rows of a table in the order in which they were written.</summary>
    public IReadOnlyList<Dictionary<string, object?>> Rows(string table)
    {
        using var connection = LogDatabase.OpenForReading(Path, "");
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, object?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
        }

        return rows;
    }

    /// <summary>Makes the file and keeps others from writing until disposed.</summary>
    public IDisposable Lock()
    {
        var connection = LogDatabase.OpenForWriting(Path);
        LogDatabase.Execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
