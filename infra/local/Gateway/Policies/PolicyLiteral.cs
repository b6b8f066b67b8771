using System.Globalization;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>Reads the literals that stand where an expression could: text, true or false, whole numbers.</summary>
internal static class PolicyLiteral
{
    /// <summary>The value of <paramref name="text"/>, if it is a <typeparamref name="T"/>.</summary>
    public static (bool IsValid, T? Value) Parse<T>(string text)
    {
        var type = typeof(T);
        object? value = type == typeof(bool) ? bool.TryParse(text, out var truth) ? truth : null
            : type == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null
            : text;
        return value is T valid ? (true, valid) : (false, default);
    }

    /// <summary>What a literal <typeparamref name="T"/> looks like.</summary>
    public static string Describe<T>() => typeof(T) == typeof(bool) ? "true or false" : typeof(T) == typeof(int) ? "a whole number" : "text";
}
