using System.Reflection;

namespace ContosoSuites.Bench.Peers;

/// <summary>The app as a textbook has it, in Textbook/: one file, under the same host.</summary>
internal static class TextbookApp
{
    /// <summary>Its dll, where its project's build puts it.</summary>
    public static string File { get; } =
        typeof(TextbookApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "TextbookApp").Value!;
}
