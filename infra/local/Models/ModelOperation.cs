namespace ContosoSuites.Local.Models;

/// <summary>What a request asks of an instance.</summary>
public enum ModelOperation
{
    /// <summary>A path the instance does not serve.</summary>
    Unknown,

    /// <summary>A chat completion, streamed or not.</summary>
    ChatCompletions,

    /// <summary>Embeddings of one or several texts.</summary>
    Embeddings,

    /// <summary>The list of models.</summary>
    Models,
}
