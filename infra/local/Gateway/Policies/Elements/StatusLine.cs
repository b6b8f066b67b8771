namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary>A status code and the words that go with it.</summary>
internal readonly record struct StatusLine(int Code, string Reason);
