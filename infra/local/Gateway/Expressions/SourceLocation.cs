namespace ContosoSuites.Local.Gateway.Expressions;

/// <summary>A place in a policy file. Only the file's name is kept: what is compiled from it is then the same in every folder.</summary>
internal readonly record struct SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}({Line})";
}
