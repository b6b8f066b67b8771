using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ContosoSuites.Functions.Gateway;
using Xunit;

namespace ContosoSuites.Tests.StandIns;

/// <summary>
/// With stand-ins the build can not notice that the app lacks a package that it uses: one stand-in serves for several of them.
/// </summary>
public sealed class PackageReferenceTests
{
    [Fact]
    public void Every_package_that_a_stand_in_replaces_is_referenced_by_the_app()
    {
        IEnumerable<string> replaced = Names("Directory.Build.targets", "Remove");

        Assert.Equal(replaced.Order(), replaced.Intersect(Names("functions/ContosoSuites.Functions.csproj", "Include")).Order());
    }

    [Theory]
    [InlineData("HttpTriggerAttribute", "Microsoft.Azure.Functions.Worker.Extensions.Http")]
    [InlineData("TimerTriggerAttribute", "Microsoft.Azure.Functions.Worker.Extensions.Timer")]
    public void Every_trigger_in_use_has_its_extension(string attribute, string package)
    {
        IEnumerable<string> triggers = typeof(ApiManagementOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(method => method.GetParameters())
            .SelectMany(parameter => parameter.CustomAttributes)
            .Select(data => data.AttributeType.Name);

        Assert.Contains(attribute, triggers);
        Assert.Contains(package, Names("functions/ContosoSuites.Functions.csproj", "Include"));
    }

    private static List<string> Names(string file, string attribute, [CallerFilePath] string here = "") =>
    [
        .. XDocument.Load(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", file))
            .Descendants("PackageReference")
            .Attributes(attribute)
            .Select(name => name.Value),
    ];
}
