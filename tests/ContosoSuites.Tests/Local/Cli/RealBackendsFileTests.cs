using ContosoSuites.Local.Cli;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Machine;
using Xunit;

namespace ContosoSuites.Tests.Local.Cli;

/// <summary>The file that names real models, and the mistakes in it.</summary>
public sealed class RealBackendsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backends-");

    private string File => Path.Combine(_folder.FullName, "backends.local.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_names_instances_of_Azure_and_servers_of_other_kinds() => Assert.Equal(
        new Dictionary<string, BackendAddress>
        {
            ["one"] = new(new Uri("https://one.openai.azure.com/openai"), "key"),
            ["two"] = new(new Uri("https://two.openai.azure.com/openai"), "key"),
            ["three"] = new(new Uri("http://localhost:11434"), null, new OpenAIModels("llama3.2", "nomic-embed-text")),
            ["four"] = new(new Uri("https://api.openai.com/v1"), "sk-1", new OpenAIModels("gpt", "embedder")),
        },
        Read("""
            {
              "one": { "url": "https://one.openai.azure.com/openai", "apiKey": "key" },
              "two": { "kind": "azure", "url": "https://two.openai.azure.com/openai", "apiKey": "key" },
              // A comment, and a comma too many.
              "three": { "kind": "openai", "url": "http://localhost:11434", "chatModel": "llama3.2", "embeddingModel": "nomic-embed-text" },
              "four": { "kind": "openai", "url": "https://api.openai.com/v1", "apiKey": "sk-1", "chatModel": "gpt", "embeddingModel": "embedder" },
            }
            """));

    [Fact]
    public void Without_a_file_there_are_none() => Assert.Empty(RealBackendsFile.Read(null));

    [Theory]
    [InlineData("""[]""", "it is []; it must be like {\"openai-primary\"")]
    [InlineData("""{"one": "https://one.openai.azure.com"}""", "one is \"https://one.openai.azure.com\"; it must be an object with url, apiKey, kind.")]
    [InlineData("""{"one": {"url": "https://one.openai.azure.com/openai"}}""", "one.apiKey is missing; it must be a text.")]
    [InlineData("""{"one": {"url": "https://one.openai.azure.com/openai", "apiKey": ""}}""", "one.apiKey is \"\"; it must be the instance's key.")]
    [InlineData("""{"one": {"url": "one.openai.azure.com", "apiKey": "key"}}""", "one.url is \"one.openai.azure.com\"; it must be an absolute http or https URL.")]
    [InlineData("""{"one": {"url": 1, "apiKey": "key"}}""", "one.url is 1; it must be a text.")]
    [InlineData("""{"one": {"url": "http://localhost", "apiKey": "key", "chatModel": "m"}}""", "one.chatModel is not known; known are url, apiKey, kind.")]
    [InlineData("""{"one": {"kind": "ollama", "url": "http://localhost:11434"}}""", "one.kind is \"ollama\"; it must be azure or openai.")]
    [InlineData("""{"one": {"kind": "openai", "url": "http://localhost:11434", "embeddingModel": "e"}}""", "one.chatModel is missing; it must be a text.")]
    [InlineData("""{"one": {"kind": "openai", "url": "http://localhost:11434", "chatModel": "c"}}""", "one.embeddingModel is missing; it must be a text.")]
    [InlineData("""{"one": {"kind": "openai", "url": "http://localhost:11434", "chatModel": " ", "embeddingModel": "e"}}""", "one.chatModel is \" \"; it must be the name of a model.")]
    [InlineData("""{"one": {"kind": "openai", "url": "localhost:11434", "chatModel": "c", "embeddingModel": "e"}}""", "one.url is \"localhost:11434\"; it must be an absolute http or https URL.")]
    [InlineData("""{"one": {"kind": "openai", "url": "http://localhost", "chatModel": "c", "embeddingModel": "e", "dimensions": 768}}""", "one.dimensions is not known; known are kind, url, chatModel, embeddingModel, apiKey.")]
    public void A_mistake_is_named_by_file_and_field_with_what_is_expected(string text, string expected)
    {
        var e = Assert.Throws<LocalStartException>(() => Read(text));

        Assert.StartsWith($"{File}: {expected}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_JSON_or_not_there_is_named()
    {
        Assert.Contains(File, Assert.Throws<LocalStartException>(() => Read("{")).Message, StringComparison.Ordinal);
        Assert.Contains("nothing.json", Assert.Throws<LocalStartException>(() => RealBackendsFile.Read(Path.Combine(_folder.FullName, "nothing.json"))).Message, StringComparison.Ordinal);
    }

    private IReadOnlyDictionary<string, BackendAddress> Read(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return RealBackendsFile.Read(File);
    }
}
