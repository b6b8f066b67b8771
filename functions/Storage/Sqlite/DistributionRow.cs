using System.Text.Json;
using ContosoSuites.Functions.Distribution;
using Microsoft.Data.Sqlite;

namespace ContosoSuites.Functions.Storage.Sqlite;

/// <summary>
/// A bin as a row of the database. Read and written by position, not by name: a page of a quarter of a year has a hundred
/// thousand of them.
/// </summary>
internal static class DistributionRow
{
    private const string Columns =
        """
        start, backend, deployment, requests, successes, throttled, client_errors, server_errors, unanswered, retries,
        prompt_tokens, completion_tokens, average_backend_ms, p95_backend_ms, tokens_by_function, usage_by_function
        """;

    /// <summary>The bins from a start to before another, in order.</summary>
    public static List<DistributionBin> Select(SqliteConnection connection, string from, string to)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {Columns} FROM distribution_bins WHERE start >= $from AND start < $to ORDER BY start, backend, deployment";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        using SqliteDataReader reader = command.ExecuteReader();
        var bins = new List<DistributionBin>();
        string startText = "";
        DateTimeOffset start = default;
        while (reader.Read())
        {
            // Neighbors share their start.
            if (reader.GetString(0) is var text && text != startText)
            {
                startText = text;
                start = StoredTime.Parse(text);
            }

            bins.Add(new DistributionBin
            {
                Start = start,
                Backend = reader.GetString(1),
                Deployment = reader.GetString(2),
                Requests = reader.GetInt64(3),
                Successes = reader.GetInt64(4),
                Throttled = reader.GetInt64(5),
                ClientErrors = reader.GetInt64(6),
                ServerErrors = reader.GetInt64(7),
                Unanswered = reader.GetInt64(8),
                Retries = reader.GetInt64(9),
                PromptTokens = reader.GetInt64(10),
                CompletionTokens = reader.GetInt64(11),
                AverageBackendMs = reader.GetDouble(12),
                P95BackendMs = reader.GetDouble(13),
                TokensByFunction = JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(14))!,
                UsageByFunction = JsonSerializer.Deserialize<Dictionary<string, FunctionUsage>>(reader.GetString(15))!,
            });
        }

        return bins;
    }

    /// <summary>Adds bins, with one statement that is prepared once.</summary>
    public static void Insert(SqliteConnection connection, IReadOnlyList<DistributionBin> bins)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"""
            INSERT INTO distribution_bins ({Columns})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;
        SqliteParameter[] parameters = [.. Enumerable.Range(1, 16).Select(i => command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" }))];
        foreach (DistributionBin bin in bins)
        {
            object[] values =
            [
                StoredTime.Format(bin.Start), bin.Backend, bin.Deployment, bin.Requests, bin.Successes, bin.Throttled, bin.ClientErrors,
                bin.ServerErrors, bin.Unanswered, bin.Retries, bin.PromptTokens, bin.CompletionTokens, bin.AverageBackendMs, bin.P95BackendMs,
                JsonSerializer.Serialize(bin.TokensByFunction), JsonSerializer.Serialize(bin.UsageByFunction),
            ];
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            command.ExecuteNonQuery();
        }
    }
}
