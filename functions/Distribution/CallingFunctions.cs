using System.Numerics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ContosoSuites.Functions.Distribution;

/// <summary>
/// The names by which tokens are counted: those of this app's functions, which it puts on its model calls. Whoever else has a
/// key to the gateway can write any name there, a new one on each call.
/// </summary>
internal static class CallingFunctions
{
    /// <summary>What all names of others are counted as.</summary>
    public const string Other = "other";

    private static readonly HashSet<string> Known =
    [
        "", // A call that names none.
        .. typeof(CallingFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
            .OfType<string>(),
    ];

    /// <summary>The name to count a calling function by.</summary>
    public static string NameOf(string function) => Known.Contains(function) ? function : Other;

    /// <summary>What was used by the names to count it by.</summary>
    /// <typeparam name="T">Tokens, or what is known of them.</typeparam>
    public static IReadOnlyDictionary<string, T> Fold<T>(IReadOnlyDictionary<string, T> used)
        where T : IAdditionOperators<T, T, T> => used
        .GroupBy(function => NameOf(function.Key), function => function.Value, StringComparer.Ordinal)
        .ToDictionary(named => named.Key, named => named.Aggregate((sum, value) => sum + value), StringComparer.Ordinal);
}
