namespace ContosoSuites.Local.Gateway.Records;

/// <summary>Keeps nothing.</summary>
internal sealed class NullRequestLog : IRequestLog
{
    public static NullRequestLog Instance { get; } = new();

    public void Write(RequestRecord record)
    {
    }
}
