namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>An operation of the API.</summary>
/// <param name="Name">Its id.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="UrlTemplate">The path below the API's, with parameters in braces.</param>
internal sealed record OperationEntry(string Name, string DisplayName, string Method, string UrlTemplate);
