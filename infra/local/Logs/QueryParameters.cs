namespace ContosoSuites.Local.Logs;

/// <summary>The values that a query is to run with.</summary>
internal static class QueryParameters
{
    private const string From = "window_from";
    private const string To = "window_to";

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

        // What Log Analytics does with the timespan of a request: it narrows what the query itself looks at.
        if (timespan is { } limits)
        {
            values[From] = Math.Max((long)values[From], limits.From.UtcTicks);
            values[To] = Math.Min((long)values[To], limits.To.UtcTicks);
        }

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
