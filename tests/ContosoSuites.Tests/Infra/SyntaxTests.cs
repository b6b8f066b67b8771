using Xunit;

namespace ContosoSuites.Tests.Infra;

public sealed class SyntaxTests(BicepFiles bicep) : IClassFixture<BicepFiles>
{
    [Fact]
    public void Every_file_parses()
    {
        Assert.Contains("main.bicep", bicep.All.Keys);
        Assert.Contains("DeployAzureOpenResource.bicep", bicep.All.Keys);
        Assert.Empty(bicep.All.SelectMany(file => file.Value.All().Where(node => node.Type is "ERROR" or "MISSING").Select(node => $"{file.Key}:{node.Line}: {node.Text}")));
    }

    [Theory]
    [InlineData("parameter_declaration")]
    [InlineData("output_declaration")]
    public void Every_parameter_and_output_is_described(string declaration)
    {
        string[] bare = [.. bicep.All.SelectMany(file => file.Value.Children
            .Zip(file.Value.Children.Prepend(file.Value), (node, before) => (node, before))
            .Where(pair => pair.node.Type == declaration && !(pair.before.Type == "decorators" && pair.before.Calls().Any(call => call.Function == "description")))
            .Select(pair => $"{file.Key}: {pair.node.Name}"))];

        Assert.Empty(bare);
        Assert.NotEmpty(bicep.Declarations(declaration));
    }

    [Fact]
    public void Every_file_that_is_loaded_exists()
    {
        (string File, string Loaded)[] loads = [.. bicep.All.SelectMany(file => file.Value.Calls()
            .Where(call => call.Function is "loadTextContent" or "loadJsonContent")
            .Select(call => (file.Key, call.Arguments.Children[0].Literal)))];

        Assert.NotEmpty(loads);
        Assert.All(loads, load => Assert.True(
            File.Exists(Path.Combine(BicepFiles.Infra, Path.GetDirectoryName(load.File)!, load.Loaded)), $"{load.File} loads {load.Loaded}, which is not there."));
    }

    [Fact]
    public void The_parameters_file_gives_what_main_bicep_asks_for()
    {
        BicepNode[] parameters = [.. bicep.Main.All("parameter_declaration")];
        string[] given = [.. BicepFiles.Json("main.parameters.json").GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name)];

        Assert.Empty(given.Except(parameters.Select(parameter => parameter.Name)));
        Assert.Empty(parameters.Where(parameter => !parameter.Text.Contains('=', StringComparison.Ordinal)).Select(parameter => parameter.Name).Except(given));
    }
}
