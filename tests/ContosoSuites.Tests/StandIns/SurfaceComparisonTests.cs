using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ContosoSuites.Tests.StandIns;

public sealed class SurfaceComparisonTests
{
    private const string Usings = "using System; using System.Diagnostics.CodeAnalysis;\n";

    [Theory]
    [InlineData("public class C { public void M(string a) {} }", "public class C { public void M(string b) {} }")]
    [InlineData("public class C { public void M(string a) {} }", "public class C { public void M(string? a) {} }")]
    [InlineData("public class C { public void M(Action<string> a) {} }", "public class C { public void M(Action<string?> a) {} }")]
    [InlineData("public class C { public string? M() => null; }", "public class C { public string M() => null!; }")]
    [InlineData("public class C { public void M(int a = 1) {} }", "public class C { public void M(int a = 2) {} }")]
    [InlineData("public class C { public void M(int? a = null) {} }", "public class C { public void M(int? a) {} }")]
    [InlineData("public class C { public void M(params string[] a) {} }", "public class C { public void M(string[] a) {} }")]
    [InlineData("public class C { public void M() {} }", "public class C { public static void M() {} }")]
    [InlineData("public class C { public void M() {} }", "public class C { internal void M() {} }")]
    [InlineData("public class C { public void M<T>() where T : class {} }", "public class C { public void M<T>() {} }")]
    [InlineData("public static class C { public static void M(this string a) {} }", "public static class C { public static void M(string a) {} }")]
    [InlineData("public class C { public int P { get; set; } }", "public class C { public int P { get; private set; } }")]
    [InlineData("public class C { public int P { get; } }", "public class C { public long P { get; } }")]
    [InlineData("public class C { public C() {} }", "public class C { public C(int a) {} }")]
    [InlineData("public class C {}", "public sealed class C {}")]
    [InlineData("public class C : IDisposable { public void Dispose() {} }", "public class C { public void Dispose() {} }")]
    [InlineData("public enum C { A = 0 }", "public enum C { A = 1 }")]
    [InlineData("public enum C { A, B }", "public enum C { A }")]
    [InlineData("public class C { public void M() {} }", "public class C { [Obsolete] public void M() {} }")]
    [InlineData("public class C { [Experimental(\"A\")] public void M() {} }", "public class C { [Experimental(\"B\")] public void M() {} }")]
    [InlineData("public class C { public void M() {} }", "public class C { [Experimental(\"A\")] public void M() {} }")]
    [InlineData("[AttributeUsage(AttributeTargets.Method)] public class C : Attribute {}", "[AttributeUsage(AttributeTargets.Class)] public class C : Attribute {}")]
    [InlineData("[AttributeUsage(AttributeTargets.Method)] public class C : Attribute {}", "[AttributeUsage(AttributeTargets.Class)] public class B : Attribute {} public class C : B {}")]
    public void A_difference_is_found(string standIn, string real) => Assert.NotEmpty(Compare(standIn, real).Differences);

    [Theory]
    [InlineData("public class C { public void M(string? a = null, params int[] b) {} }", "public class C { public void M(string? a = null, params int[] b) {} public void N() {} public int P { get; set; } }")]
    [InlineData("public class C { public string A { get; } = \"\"; }", "public class C { public string? B { get; } public string? D { get; } public string? E { get; } public string A { get; } = \"\"; }")]
    [InlineData("internal class D {} public class C { internal void M() {} }", "public class C {}")]
    [InlineData("[AttributeUsage(AttributeTargets.Method)] public class C : Attribute {}", "[AttributeUsage(AttributeTargets.Method)] public class B : Attribute {} public class C : B {}")]
    public void What_only_the_real_one_has_is_no_difference(string standIn, string real)
    {
        (IReadOnlyList<string> compared, IReadOnlyList<string> differences) = Compare(standIn, real);

        Assert.Equal(["C"], compared);
        Assert.Empty(differences);
    }

    [Fact]
    public void A_type_that_the_real_assemblies_lack_is_not_compared() => Assert.Empty(Compare("public class C {}", "public class D {}").Compared);

    private static (IReadOnlyList<string> Compared, IReadOnlyList<string> Differences) Compare(string standIn, string real) =>
        SurfaceComparison.Compare(Compile(standIn), Compile(real));

    private static PublicSurface Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            "compared",
            [CSharpSyntaxTree.ParseText(Usings + source, cancellationToken: TestContext.Current.CancellationToken)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        assembly.Position = 0;
        return PublicSurface.Read(assembly);
    }
}
