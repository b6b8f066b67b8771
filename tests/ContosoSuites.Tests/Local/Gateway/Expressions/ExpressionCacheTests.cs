using System.Reflection;
using ContosoSuites.Local.Gateway.Expressions;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Expressions;

public sealed class ExpressionCacheTests : IDisposable
{
    private const string Source = "public static class PolicyExpressions { public static object Expression0() { return 42; } }";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("expressions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_compiled_is_found_again()
    {
        Assert.Equal(42, Call(new ExpressionCache(_folder.FullName).Load(Source)));
        var file = _folder.GetFiles().Single();
        var written = file.LastWriteTimeUtc;

        Assert.Equal(42, Call(new ExpressionCache(_folder.FullName).Load(Source)));
        Assert.Equal(written, new FileInfo(file.FullName).LastWriteTimeUtc);
    }

    [Fact]
    public void Another_source_is_another_file()
    {
        new ExpressionCache(_folder.FullName).Load(Source);

        Assert.Equal(43, Call(new ExpressionCache(_folder.FullName).Load(Source.Replace("42", "43", StringComparison.Ordinal))));
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void A_file_that_is_broken_is_replaced()
    {
        new ExpressionCache(_folder.FullName).Load(Source);
        var file = _folder.GetFiles().Single().FullName;
        File.WriteAllText(file, "broken");

        Assert.Equal(42, Call(new ExpressionCache(_folder.FullName).Load(Source)));
        Assert.True(new FileInfo(file).Length > 1000);
    }

    [Fact]
    public void Without_a_folder_to_write_to_it_compiles()
    {
        var blocked = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(blocked, "");

        Assert.Equal(42, Call(new ExpressionCache(Path.Combine(blocked, "folder")).Load(Source)));
        Assert.Equal(42, Call(new ExpressionCache(null).Load(Source)));
    }

    [Fact]
    public void What_nobody_has_used_for_a_week_goes()
    {
        var old = Path.Combine(_folder.FullName, "old.dll");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-8));

        new ExpressionCache(_folder.FullName).Load(Source);

        Assert.False(File.Exists(old));
    }

    private static object? Call(Assembly assembly) => assembly.GetType("PolicyExpressions")!.GetMethod("Expression0")!.Invoke(null, null);
}
