using System.Reflection;

namespace ContosoSuites.Local.Host.App;

/// <summary>A program that builds a host and runs it.</summary>
/// <param name="Name">What to call it in messages.</param>
/// <param name="Main">The program; it takes the command line.</param>
internal sealed record EntryPoint(string Name, Action<string[]> Main)
{
    public static EntryPoint Of(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        MethodInfo main = assembly.EntryPoint
            ?? throw new FunctionsHostException($"The assembly {name} has no entry point: a functions app is an executable with a Program.cs.");
        bool takesArguments = main.GetParameters().Length > 0;
        return new EntryPoint(name, args => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, takesArguments ? [args] : null, null));
    }
}
