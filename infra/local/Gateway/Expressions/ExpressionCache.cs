using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;

namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>
/// Keeps compiled expressions on disk. Loading the compiler takes longer than the rest of the start, and a policy seldom
/// changes. The folder is the user's own: what is loaded from it runs. A file that can not be read or written only costs
/// the time to compile.
/// </summary>
internal sealed class ExpressionCache(string? directory)
{
    private static readonly TimeSpan Unused = TimeSpan.FromDays(7);

    /// <summary>Below the user's local application data; null where there is no such folder.</summary>
    public static string? DefaultDirectory { get; } = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder
        ? Path.Combine(folder, "contoso-suites", "policy-expressions")
        : null;

    /// <summary>The assembly that a C# file compiles to. What it was made of is checked before it is compiled, as that takes time.</summary>
    /// <exception cref="GatewayConfigurationException">It does not compile.</exception>
    public Assembly Load(string source, Action? check = null)
    {
        var file = directory is null ? null : Path.Combine(directory, Key(source) + ".dll");
        if (file is not null && TryLoad(file) is { } cached)
        {
            return cached;
        }

        check?.Invoke();
        var compiled = ExpressionCompiler.Compile(source);
        if (file is not null)
        {
            TryStore(file, compiled);
        }

        return Load(compiled);
    }

    // This build of the gateway is part of the key: its interfaces are what the expressions were compiled against.
    private static string Key(string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(typeof(ExpressionCache).Module.ModuleVersionId + source)));

    private static Assembly? TryLoad(string file)
    {
        try
        {
            return File.Exists(file) ? Load(File.ReadAllBytes(file)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    // Once in a process, however many gateways it starts: what was loaded stays, and is compiled to machine code only then.
    private static Assembly Load(byte[] image)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(image));
        if (AssemblyLoadContext.All.Where(context => context.Name == name).SelectMany(context => context.Assemblies).FirstOrDefault() is { } loaded)
        {
            return loaded;
        }

        using var stream = new MemoryStream(image);
        return new AssemblyLoadContext(name).LoadFromStream(stream);
    }

    private static void TryStore(string file, byte[] image)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            foreach (var old in folder.EnumerateFiles().Where(other => DateTime.UtcNow - other.LastWriteTimeUtc > Unused))
            {
                old.Delete();
            }

            // Moved into place, so that another process never reads half a file.
            var draft = Path.Combine(folder.FullName, Path.GetRandomFileName());
            File.WriteAllBytes(draft, image);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start compiles again.
        }
    }
}
