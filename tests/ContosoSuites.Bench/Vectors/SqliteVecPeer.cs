using System.Globalization;
using System.Runtime.InteropServices;
using ContosoSuites.Bench.Peers;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Functions.Storage.Vectors;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Bench.Vectors;

/// <summary>sqlite-vec from npm, as an extension of the SQLite that the store uses, over a table in memory.</summary>
internal sealed class SqliteVecPeer : IDisposable
{
    private const string Version = "0.1.9";

    private readonly SqliteConnection? _connection;
    private int _filled;

    private SqliteVecPeer(SqliteConnection? connection, string? missing)
    {
        _connection = connection;
        Missing = missing;
    }

    /// <summary>Why there is none; null when there is.</summary>
    public string? Missing { get; }

    public static async Task<SqliteVecPeer> TryStartAsync(int dimension)
    {
        try
        {
            string package = $"sqlite-vec-linux-{(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64" : "x64")}";
            string extension = await NpmPackage.InstallAsync($"{package}@{Version}", "sqlite-vec", package, "vec0.so");
            return new SqliteVecPeer(Open(extension, dimension), missing: null);
        }
        catch (Exception e) when (e is PeerMissingException or SqliteException)
        {
            return new SqliteVecPeer(connection: null, e.Message);
        }
    }

    /// <summary>Adds what it does not have of an index.</summary>
    public void Fill(VectorSnapshot snapshot)
    {
        using SqliteTransaction transaction = _connection!.BeginTransaction();
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO vectors(rowid, vector) VALUES ($id, $vector)";
        SqliteParameter id = insert.Parameters.Add("$id", SqliteType.Integer);
        SqliteParameter vector = insert.Parameters.Add("$vector", SqliteType.Blob);
        int rowsPerChunk = snapshot.Chunks[0].Ids.Length;
        for (; _filled < snapshot.Count; _filled++)
        {
            (int chunk, int row) = Math.DivRem(_filled, rowsPerChunk);
            id.Value = long.Parse(snapshot.Chunks[chunk].Ids[row], CultureInfo.InvariantCulture);
            vector.Value = MemoryMarshal.AsBytes(snapshot.Chunks[chunk].Row(row)).ToArray();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The ids of the nearest vectors.</summary>
    public HashSet<string> Search(float[] vector, int count)
    {
        var unit = new float[vector.Length];
        UnitVector.Write(vector, unit);
        using SqliteCommand command = _connection!.CreateCommand();
        command.CommandText = "SELECT rowid FROM vectors WHERE vector MATCH $vector AND k = $count";
        command.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes<float>(unit).ToArray());
        command.Parameters.AddWithValue("$count", count);
        using SqliteDataReader reader = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            ids.Add(reader.GetInt64(0).ToString("D12", CultureInfo.InvariantCulture));
        }

        return ids;
    }

    public void Dispose() => _connection?.Dispose();

    private static SqliteConnection Open(string extension, int dimension)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        try
        {
            connection.Open();
            connection.LoadExtension(extension);
            using SqliteCommand command = connection.CreateCommand();

            // By Euclidean distance, which it computes fastest: for vectors of length 1 the order is that of the cosine.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"CREATE VIRTUAL TABLE vectors USING vec0(vector float[{dimension}])");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
