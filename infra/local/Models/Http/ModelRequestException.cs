namespace ContosoSuites.Local.Models.Http;

/// <summary>The request can not be served, and the error says why.</summary>
internal sealed class ModelRequestException(ModelError error) : Exception(error.Message)
{
    public ModelError Error { get; } = error;
}
