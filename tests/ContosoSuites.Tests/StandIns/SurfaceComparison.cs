namespace ContosoSuites.Tests.StandIns;

/// <summary>What a stand-in has that the real assemblies do not have, or have otherwise. A stand-in may have less.</summary>
internal static class SurfaceComparison
{
    /// <summary>Compares the types that the real assemblies hold.</summary>
    /// <param name="standIn">The stand-in.</param>
    /// <param name="real">The assemblies it stands for, or some of them.</param>
    /// <returns>The names of the types compared, and a line for each difference.</returns>
    public static (IReadOnlyList<string> Compared, IReadOnlyList<string> Differences) Compare(PublicSurface standIn, params IReadOnlyList<PublicSurface> real)
    {
        List<string> compared = [];
        List<string> differences = [];
        foreach ((string name, PublicType own) in standIn.Types)
        {
            if (real.Select(assembly => assembly.Types.GetValueOrDefault(name)).FirstOrDefault(type => type is not null) is not { } theirs)
            {
                continue;
            }

            compared.Add(name);
            if (own.Declaration != theirs.Declaration)
            {
                differences.Add($"{name} is declared '{own.Declaration}', not '{theirs.Declaration}'");
            }

            if (own.Usage is not null && UsageOf(theirs, real) is { } usage && own.Usage != usage)
            {
                differences.Add($"{name} may be used '{own.Usage}', not '{usage}'");
            }

            differences.AddRange(own.Interfaces.Except(theirs.Interfaces).Select(i => $"{name} implements {i}"));
            differences.AddRange(own.Members.Except(theirs.Members).Select(member => $"{name} has {member}\n  where there is {Alike(member, theirs)}"));
        }

        return (compared, differences);
    }

    /// <summary>An attribute class may inherit how it may be used, from a class that may be in an assembly not at hand.</summary>
    private static string? UsageOf(PublicType type, IReadOnlyList<PublicSurface> real)
    {
        for (PublicType? current = type; current is not null;)
        {
            if (current.Usage is not null)
            {
                return current.Usage;
            }

            string baseType = current.BaseType!;
            current = real.Select(assembly => assembly.Types.GetValueOrDefault(baseType)).FirstOrDefault(t => t is not null);
        }

        return null;
    }

    private static string Alike(string member, PublicType type)
    {
        string name = Name(member);
        return string.Join("\n  and ", type.Members.Where(candidate => Name(candidate) == name).DefaultIfEmpty("nothing of that name"));
    }

    private static string Name(string member) => member.Split('(', '{', '=')[0].TrimEnd().Split(' ')[^1];
}
