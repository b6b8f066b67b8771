namespace ContosoSuites.Local.Logs;

/// <summary>The values that a query is to run with.</summary>
internal static class QueryParameters
{
    /// <summary>Reads the parameters of <paramref name="text"/>, which must be exactly those of <paramref name="query"/>.</summary>
    /// <exception cref="FormatException">One is missing or unknown, or is no value that is read here.</exception>
    public static Dictionary<string, object> Read(QueryText text, LogQuery query, QueryTimespan? timespan, DateTimeOffset now)
    {
        if (query.Text.Parameters.Keys.FirstOrDefault(name => !text.Parameters.ContainsKey(name)) is { } missing)
        {
            throw new FormatException($"The parameter {missing} is missing.");
        }

        if (text.Parameters.Keys.FirstOrDefault(name => !query.Text.Parameters.ContainsKey(name)) is { } unknown)
        {
            throw new FormatException($"There is no parameter {unknown}.");
        }

        var values = text.Parameters.ToDictionary(parameter => parameter.Key, parameter => KustoLiteral.Read(parameter.Value, now));
        RequireSameTypes(values, query, now);

        // What Log Analytics does with the timespan of a request: it lays it on every table, whatever the query itself looks at.
        var tables = timespan ?? new QueryTimespan(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        values["tables_from"] = tables.From.UtcTicks;
        values["tables_to"] = tables.To.UtcTicks;

        if (values.TryGetValue("bin_size", out var bin) && (long)bin <= 0)
        {
            throw new FormatException("bin_size must be longer than nothing.");
        }

        return values;
    }

    private static void RequireSameTypes(Dictionary<string, object> values, LogQuery query, DateTimeOffset now)
    {
        foreach (var (name, text) in query.Text.Parameters)
        {
            if (KustoLiteral.Read(text, now).GetType() != values[name].GetType())
            {
                throw new FormatException($"The parameter {name} is of another type than {text}.");
            }
        }
    }
}
